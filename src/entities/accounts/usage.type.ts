import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('Usage', { description: 'What the user stores, and the limits.' })
export class UsageType {
  @Field(() => Int, { description: 'Number of images, uploads and results.' })
  imageCount!: number;

  @Field(() => Float, { description: 'Bytes of these images. Cached variants do not count.' })
  imageBytes!: number;

  @Field(() => Float, {
    description: 'Largest `imageBytes`; an upload or a result above it is LIMIT_EXCEEDED.',
  })
  imageBytesLimit!: number;

  @Field(() => Int, { description: 'Number of items of all stored jobs.' })
  jobItems!: number;

  @Field(() => Int, { description: 'Largest `jobItems`; a job above it is LIMIT_EXCEEDED.' })
  jobItemsLimit!: number;
}
