import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType('Point', { description: 'A point of an image, from its top left corner.' })
export class PointType {
  @Field(() => Float, { description: 'Share of the width, 0 to 1.' })
  x!: number;

  @Field(() => Float, { description: 'Share of the height, 0 to 1.' })
  y!: number;
}
