import { Field, Float, InputType } from 'type-graphql';

@InputType({
  description:
    'Removes borders of the colour of the top left pixel. An image of one colour stays as it is. Limits assume that the result is as large as the input, because its size is not known in advance.',
})
export class TrimInput {
  @Field(() => Float, {
    defaultValue: 10,
    description: 'Largest difference of a channel that still counts as border, 0 to 255.',
  })
  threshold!: number;
}
