import { Field, Float, InputType } from 'type-graphql';

@InputType({ description: 'Clockwise; the canvas grows to hold the whole image.' })
export class RotateInput {
  @Field(() => Float, { description: 'Degrees, -360 to 360.' })
  degrees!: number;

  @Field(() => String, {
    defaultValue: '#00000000',
    description: 'Colour of the new corners: #RRGGBB or #RRGGBBAA. Default: transparent.',
  })
  background!: string;
}
