import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('Usage', { description: 'What the user stores, and the limits.' })
export class UsageType {
  @Field(() => Int, { description: 'Number of images, uploads and results.' })
  imageCount!: number;

  @Field(() => Float, {
    description: 'Bytes of all images, uploads and results. Cached variants are not counted.',
  })
  imageBytes!: number;

  @Field(() => Float, {
    description: 'Maximum of `imageBytes`; an upload or a result beyond it is LIMIT_EXCEEDED.',
  })
  imageBytesLimit!: number;

  @Field(() => Int, { description: 'Number of items of all stored jobs.' })
  jobItems!: number;

  @Field(() => Int, { description: 'Maximum of `jobItems`; a job beyond it is LIMIT_EXCEEDED.' })
  jobItemsLimit!: number;
}
