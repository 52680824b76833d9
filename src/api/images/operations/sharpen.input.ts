import { Field, Float, InputType } from 'type-graphql';

@InputType({ description: 'Unsharp mask.' })
export class SharpenInput {
  @Field(() => Float, {
    defaultValue: 1,
    description: '0 to 10: 0 leaves the image as it is, 1 is the usual strength.',
  })
  amount!: number;
}
