import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ComparisonRow, ComparisonVerdict } from '../../benchmark/analysis/comparison.js';
import type { Interval } from '../../benchmark/statistics/bootstrap.js';
import { Benchmark } from '../../entities/benchmark.entity.js';
import { ComparisonVerdictEnum, ConcurrencyModelEnum } from '../../entities/benchmark-enums.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import { COUNTED_CELLS, IntervalType } from './benchmark-cell.type.js';

@ObjectType('ComparisonRow', { description: 'A cell of a candidate beside the same cell of the baseline.' })
export class ComparisonRowType implements ComparisonRow {
  @Field(() => ID, { description: 'Which candidate.' })
  benchmarkId!: string;

  @Field(() => ConcurrencyModelEnum, { description: 'Model of the cell.' })
  model!: ConcurrencyModel;

  @Field(() => ImageEngineEnum, { nullable: true, description: 'Engine of the cell; null without images.' })
  engine!: ImageEngineName | null;

  @Field(() => Int, { description: 'Tasks of one batch.' })
  imageCount!: number;

  @Field(() => Int, { description: 'Workers of the cell.' })
  workers!: number;

  @Field(() => Float, { description: 'Median wall time of the baseline.' })
  baselineMedianMs!: number;

  @Field(() => Float, { description: 'Median wall time of the candidate.' })
  medianMs!: number;

  @Field(() => Float, { description: 'Baseline over this: above 1 is faster.' })
  ratio!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description:
      '95 % bootstrap interval of the ratio; null with too few samples, or where the cell is void in either.',
  })
  ratioInterval!: Interval | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mann-Whitney U, two-sided, corrected for the number of rows (Holm); null with too few samples, or where the cell is void in either.',
  })
  pValue!: number | null;

  @Field(() => ComparisonVerdictEnum, {
    description:
      'FASTER and SLOWER need an interval on one side of 1 and p below 0.05. Where so few samples and so many rows leave no p that small, the interval has to lie beyond 5 %.',
  })
  verdict!: ComparisonVerdict;
}

@ObjectType({ description: 'Benchmarks beside a baseline.' })
export class BenchmarkComparison {
  @Field(() => Benchmark, { description: 'What the candidates are compared with.' })
  baseline!: Benchmark;

  @Extensions({ listLength: COUNTED_CELLS })
  @Field(() => [ComparisonRowType], {
    description: 'One for each cell that a candidate shares with the baseline.',
  })
  rows!: ComparisonRow[];

  @Field(() => [String], {
    description: 'What differs between the machines or the work, so that the ratios must be read with care.',
  })
  differences!: string[];
}
