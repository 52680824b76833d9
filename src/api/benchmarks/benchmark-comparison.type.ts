import { Extensions, Field, Float, ID, ObjectType } from 'type-graphql';
import type { ComparisonRow, ComparisonVerdict } from '../../benchmark/analysis/comparison/comparison.js';
import type { Interval } from '../../benchmark/statistics/bootstrap.js';
import type { Doubt } from '../../benchmark/warning.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { ComparisonVerdictEnum } from '../../entities/benchmarks/benchmark-enums.js';
import { COUNTED_CELLS } from './benchmark-cell.type.js';
import { CellKeyType } from './cell-key.type.js';
import { DoubtType } from './doubt.type.js';
import { IntervalType } from './interval.type.js';

@ObjectType('ComparisonRow', {
  description: 'A cell of a candidate, compared with the same cell of the baseline.',
})
export class ComparisonRowType extends CellKeyType implements ComparisonRow {
  @Field(() => ID, { description: 'Id of the candidate.' })
  benchmarkId!: string;

  @Field(() => Float, { description: 'Median wall time of the baseline.' })
  baselineMedianMs!: number;

  @Field(() => Float, { description: 'Median wall time of the candidate.' })
  medianMs!: number;

  @Field(() => Float, {
    description: 'Median of the baseline over that of the candidate; above 1 is faster.',
  })
  ratio!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description:
      '95 % bootstrap interval of the ratio; null with too few samples, or where the cell is void on either side.',
  })
  ratioInterval!: Interval | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'p-value of a two-sided Mann-Whitney U test, corrected for the number of rows (Holm); null with too few samples, or where the cell is void on either side.',
  })
  pValue!: number | null;

  @Field(() => ComparisonVerdictEnum, {
    description:
      'FASTER and SLOWER require that `ratioInterval` excludes 1 and `pValue` is below 0.05. If the samples are too few to reach such a p-value, the interval must exclude all differences below 5 %. A difference that other programs can explain is INCONCLUSIVE and has a `doubt`.',
  })
  verdict!: ComparisonVerdict;

  @Field(() => DoubtType, {
    nullable: true,
    description:
      'Why a difference of the times is not called FASTER or SLOWER: other programs used more than 10 % of the processors during samples of either side, and the interval no longer excludes equal times once the median of each side is reduced by their share. Null otherwise.',
  })
  doubt!: Doubt | null;
}

@ObjectType({ description: 'Benchmarks, compared with a baseline.' })
export class BenchmarkComparison {
  @Field(() => Benchmark, { description: 'The baseline.' })
  baseline!: Benchmark;

  @Extensions({ listLength: COUNTED_CELLS })
  @Field(() => [ComparisonRowType], {
    description:
      'One row for each cell that a candidate shares with the baseline. Of benchmarks that were started together, so that they took turns, it compares the repetitions that both have.',
  })
  rows!: ComparisonRow[];

  @Field(() => [String], {
    description:
      'Differences between the machines or the work, and whether they were measured one after the other. If there are any, the ratios may not be comparable.',
  })
  differences!: string[];
}
