import { Field, Float, ObjectType } from 'type-graphql';
import type { Interval } from '../../benchmark/statistics/bootstrap.js';

@ObjectType('Interval', { description: 'A 95 % interval.' })
export class IntervalType implements Interval {
  @Field(() => Float, { description: 'Lower end.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end.' })
  high!: number;
}
