import { Field, Float, InputType } from 'type-graphql';

@InputType({ description: 'Gaussian blur.' })
export class BlurInput {
  @Field(() => Float, { description: 'Standard deviation in pixels, 0.3 to 100.' })
  sigma!: number;
}
