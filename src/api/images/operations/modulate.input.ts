import { Field, Float, InputType } from 'type-graphql';

@InputType({ description: 'Factors, where 1 changes nothing, and a rotation of the hue.' })
export class ModulateInput {
  @Field(() => Float, { defaultValue: 1, description: '0 (black) to 10.' })
  brightness!: number;

  @Field(() => Float, { defaultValue: 1, description: '0 (no colours) to 10.' })
  saturation!: number;

  @Field(() => Float, { defaultValue: 1, description: '0 (grey) to 10.' })
  contrast!: number;

  @Field(() => Float, { defaultValue: 0, description: 'Degrees, -360 to 360.' })
  hue!: number;
}
