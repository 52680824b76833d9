import { Extensions, Field, Float, Int, ObjectType } from 'type-graphql';
import type { UslFit } from '../../benchmark/analysis/curve.js';
import type { RecommendationOutcome } from '../../benchmark/analysis/decision.js';
import type { Recommendation } from '../../benchmark/analysis/recommendation.js';
import type { ScalingFit } from '../../benchmark/analysis/scaling.js';
import type { Cell } from '../../benchmark/cell.js';
import type { Interval } from '../../benchmark/statistics/bootstrap.js';
import type { SweepPoint } from '../../benchmark/sweep.js';
import type { Doubt } from '../../benchmark/warning.js';
import {
  ConcurrencyModelEnum,
  RecommendationOutcomeEnum,
} from '../../entities/benchmarks/benchmark-enums.js';
import { SweepPointType } from '../../entities/benchmarks/sweep.type.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { PlannedBenchmark } from '../../services/benchmarks/benchmark-estimate.js';
import { CellKeyType } from './cell-key.type.js';
import { DoubtType } from './doubt.type.js';
import { IntervalType } from './interval.type.js';

@ObjectType({
  description:
    'Share of the work that would have to run serially to explain the speed-up (Karp-Flatt metric). Includes overhead and the limits of the machine.',
})
export class SerialFraction {
  @Field(() => Int, { description: 'Number of workers.' })
  workers!: number;

  @Field(() => Float, {
    description: '0 is linear scaling, 1 is no gain; slightly below 0 is more than linear.',
  })
  value!: number;
}

@ObjectType('UslFit', {
  description:
    'Universal Scalability Law (Gunther), fitted to the throughput up to the number of processors: X(N) = λN / (1 + σ(N-1) + κN(N-1)).',
})
export class UslFitType implements UslFit {
  @Field(() => Float, { description: 'σ: share of the work that is serialised, 0 to 1.' })
  contention!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description: '95 % bootstrap interval; null with too few samples.',
  })
  contentionInterval!: Interval | null;

  @Field(() => Float, { description: 'κ: cost of keeping each pair of workers consistent.' })
  coherency!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description: '95 % bootstrap interval; null with too few samples.',
  })
  coherencyInterval!: Interval | null;

  @Field(() => Float, { description: 'λ: tasks a second of one worker.' })
  throughputOfOne!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Number of workers with the highest throughput; null where there is no peak up to 1,000.',
  })
  peakWorkers!: number | null;
}

@ObjectType('ScalingFit', { description: 'How a model scales with workers, for one work.' })
export class ScalingFitType implements ScalingFit {
  @Field(() => ConcurrencyModelEnum, { description: 'Concurrency model.' })
  model!: ConcurrencyModel;

  @Field(() => ImageEngineEnum, {
    nullable: true,
    description: 'Image engine; null for work without images.',
  })
  engine!: ImageEngineName | null;

  @Field(() => Int, { description: 'Tasks of one batch.' })
  imageCount!: number;

  @Field(() => SweepPointType, { nullable: true, description: 'Value of the sweep; null without one.' })
  sweep!: SweepPoint | null;

  @Field(() => [SerialFraction], { description: 'From 2 workers up to the number of processors.' })
  serialFraction!: SerialFraction[];

  @Field(() => UslFitType, {
    nullable: true,
    description: 'Null with fewer than 4 worker counts up to the number of processors (TOO_FEW_POINTS).',
  })
  usl!: UslFit | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Number of tasks from which start-up and tasks together are faster than with SYNC, for the fastest cell; null if that is never the case.',
  })
  breakEvenTasks!: number | null;

  @Extensions({ listLength: 1 })
  @Field(() => [DoubtType], { description: 'TOO_FEW_POINTS where no curve was fitted.' })
  doubts!: Doubt[];

  @Field(() => String, { description: 'The figures in words.' })
  verdict!: string;
}

@ObjectType('Recommendation', { description: 'Which model to take for this work on this machine.' })
export class RecommendationType implements Recommendation {
  @Field(() => ConcurrencyModelEnum, { description: 'Concurrency model.' })
  model!: ConcurrencyModel;

  @Field(() => Int, { description: 'Number of workers.' })
  workers!: number;

  @Field(() => ImageEngineEnum, {
    nullable: true,
    description: 'Image engine; null for work without images.',
  })
  engine!: ImageEngineName | null;

  @Field(() => RecommendationOutcomeEnum, { description: 'Whether the samples decide which cell is best.' })
  outcome!: RecommendationOutcome;

  @Field(() => [CellKeyType], {
    description:
      'TIE: cells that are as fast and cost at least as much. UNDECIDED: cells that may be faster. WIN: none.',
  })
  alternatives!: Cell[];

  @Field(() => Int, {
    nullable: true,
    description: 'UNDECIDED: repetitions that would probably decide it; null where at most 50 would not.',
  })
  repetitionsNeeded!: number | null;

  @Field(() => String, {
    description: 'The reason with the figures; the first sentence is the recommendation.',
  })
  reason!: string;
}

@ObjectType('BenchmarkPlan', { description: 'Size and estimated duration of a benchmark, before it runs.' })
export class BenchmarkPlanType implements PlannedBenchmark {
  @Field(() => Int, { description: 'Combinations that would be measured.' })
  totalCells!: number;

  @Field(() => Int, {
    description: 'Samples of all cells; with `untilPercent`, the minimum; with `maxSeconds`, the maximum.',
  })
  totalSamples!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Estimate from earlier benchmarks of the user on this machine, at most `maxSeconds`; null where none is comparable.',
  })
  estimatedSeconds!: number | null;

  @Field(() => [String], { description: 'Properties of the plan that make its result less certain.' })
  warnings!: string[];
}
