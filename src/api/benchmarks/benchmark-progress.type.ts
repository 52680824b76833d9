import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { BenchmarkStatus } from '../../benchmark/benchmark-status.js';
import type { Cell } from '../../benchmark/cell.js';
import { BenchmarkStatusEnum } from '../../entities/benchmarks/benchmark-enums.js';
import type { BenchmarkProgressView } from '../../services/benchmarks/benchmark-events.js';
import { BenchmarkCellType } from './benchmark-cell.type.js';
import { CellKeyType } from './cell-key.type.js';

@ObjectType({
  description:
    'The first event is the stored state; then there is one for each sample. The last event has a final status and ends the stream.',
})
export class BenchmarkProgress implements BenchmarkProgressView {
  @Field(() => ID, { description: 'Id of the benchmark.' })
  benchmarkId!: string;

  @Field(() => Int, { description: 'Increases with every change of the benchmark, across restarts.' })
  seq!: number;

  @Field(() => BenchmarkStatusEnum, { description: 'Current state.' })
  status!: BenchmarkStatus;

  @Field(() => Int, { description: 'Cells with all their samples.' })
  completedCells!: number;

  @Field(() => Int, { description: 'All cells of the plan.' })
  totalCells!: number;

  @Field(() => Float, { description: '0 to 1: measured samples over all samples.' })
  progress!: number;

  @Field(() => BenchmarkCellType, {
    nullable: true,
    description: 'The cell of the latest sample, with that sample; null in the first and the last event.',
  })
  cell!: BenchmarkCell | null;

  @Field(() => CellKeyType, {
    nullable: true,
    description:
      'The cell that is being measured; null before the first and after the last sample, and while another program measures: programs on one machine take turns, one repetition each.',
  })
  measuring!: Cell | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Estimate from the samples of this run; null before the first and after the end.',
  })
  estimatedSecondsLeft!: number | null;
}
