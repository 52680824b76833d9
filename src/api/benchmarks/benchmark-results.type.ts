import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Recommendation } from '../../benchmark/analysis/recommendation.js';
import type { ScalingFit } from '../../benchmark/analysis/scaling.js';
import { ConcurrencyModelEnum } from '../../entities/benchmark-enums.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';

@ObjectType({
  description:
    'As if this share of the work ran serially (Karp-Flatt); overhead and the machine’s limits are in it.',
})
export class SerialFraction {
  @Field(() => Int, { description: 'With how many workers.' })
  workers!: number;

  @Field(() => Float, {
    description: '0 is the ideal, 1 is no gain; slightly below 0 is more than the ideal.',
  })
  value!: number;
}

@ObjectType('ScalingFit', { description: 'How a model scales with workers, on one engine and image count.' })
export class ScalingFitType implements ScalingFit {
  @Field(() => ConcurrencyModelEnum, { description: 'Which model.' })
  model!: ConcurrencyModel;

  @Field(() => ImageEngineEnum, { nullable: true, description: 'On which engine; null without images.' })
  engine!: ImageEngineName | null;

  @Field(() => Int, { description: 'With batches of how many tasks.' })
  imageCount!: number;

  @Field(() => [SerialFraction], { description: 'From 2 workers up to as many as there are processors.' })
  serialFraction!: SerialFraction[];

  @Field(() => String, { description: 'In words, from the figures.' })
  verdict!: string;
}

@ObjectType('Recommendation', { description: 'What to take for this work on this machine.' })
export class RecommendationType implements Recommendation {
  @Field(() => ConcurrencyModelEnum, { description: 'Which model.' })
  model!: ConcurrencyModel;

  @Field(() => Int, { description: 'With how many workers.' })
  workers!: number;

  @Field(() => ImageEngineEnum, { nullable: true, description: 'On which engine; null without images.' })
  engine!: ImageEngineName | null;

  @Field(() => String, {
    description: 'Why, in words, with the figures; says so where the difference is within the noise.',
  })
  reason!: string;
}
