import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { BenchmarkStatus } from '../../benchmark/benchmark-status.js';
import { BenchmarkStatusEnum } from '../../entities/benchmark-enums.js';
import type { BenchmarkProgressView } from '../../services/benchmarks/benchmark-results.js';
import { BenchmarkCellType } from './benchmark-cell.type.js';

@ObjectType({
  description:
    'The first event is the state as stored, then there is one for each sample; the last has a final status, and the stream then ends.',
})
export class BenchmarkProgress implements BenchmarkProgressView {
  @Field(() => ID, { description: 'Which benchmark.' })
  benchmarkId!: string;

  @Field(() => Int, { description: 'Grows with every change of the benchmark, across restarts.' })
  seq!: number;

  @Field(() => BenchmarkStatusEnum, { description: 'How far it is.' })
  status!: BenchmarkStatus;

  @Field(() => Int, { description: 'Cells that have all their samples.' })
  completedCells!: number;

  @Field(() => Int, { description: 'Cells in all.' })
  totalCells!: number;

  @Field(() => Float, { description: '0 to 1: samples measured, over all.' })
  progress!: number;

  @Field(() => BenchmarkCellType, {
    nullable: true,
    description: 'The cell that has just got a sample, as it now stands.',
  })
  cell!: BenchmarkCell | null;
}
