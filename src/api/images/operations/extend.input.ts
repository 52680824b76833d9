import { Field, InputType, Int } from 'type-graphql';

@InputType({ description: 'Adds borders.' })
export class ExtendInput {
  @Field(() => Int, { defaultValue: 0, description: 'Pixels, 0 to 65535.' })
  top!: number;

  @Field(() => Int, { defaultValue: 0, description: 'Pixels, 0 to 65535.' })
  right!: number;

  @Field(() => Int, { defaultValue: 0, description: 'Pixels, 0 to 65535.' })
  bottom!: number;

  @Field(() => Int, { defaultValue: 0, description: 'Pixels, 0 to 65535.' })
  left!: number;

  @Field(() => String, {
    defaultValue: '#00000000',
    description: 'Colour of the borders: #RRGGBB or #RRGGBBAA. Default: transparent.',
  })
  background!: string;
}
