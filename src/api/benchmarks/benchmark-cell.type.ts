import { Extensions, Field, Float, Int, ObjectType } from 'type-graphql';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { TaskSpan, TimeBreakdown } from '../../benchmark/sample.js';
import type { Interval } from '../../benchmark/statistics/bootstrap.js';
import type { BenchmarkWarning, Doubt } from '../../benchmark/warning.js';
import { BenchmarkWarningEnum } from '../../entities/benchmarks/benchmark-enums.js';
import { CellKeyType } from './cell-key.type.js';
import { TaskSpanType, TimeBreakdownType } from './cell-timing.type.js';
import { DoubtType } from './doubt.type.js';
import { IntervalType } from './interval.type.js';

/**
 * Assumed length of a list of cells in the cost of an operation. With the 240 cells that a plan can have, a query for
 * every field of a benchmark would exceed the limit.
 */
export const COUNTED_CELLS = 100;

@ObjectType('BenchmarkCell', { description: 'One measured combination, and the figures of its samples.' })
export class BenchmarkCellType extends CellKeyType implements BenchmarkCell {
  @Field(() => Int, {
    description: 'Threads or processes; SYNC uses none, ASYNC has as many tasks in flight.',
  })
  declare workers: number;

  @Field(() => [Float], {
    description: 'Wall time of each sample: the whole batch, with the workers already running.',
  })
  samplesMs!: number[];

  @Field(() => Float, { description: 'Median of `samplesMs`.' })
  medianMs!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description: '95 % bootstrap interval of the median; null with too few samples.',
  })
  medianInterval!: Interval | null;

  @Field(() => Float, { description: '`medianMs` over `imageCount`.' })
  perImageMs!: number;

  @Field(() => Float, { description: 'Throughput at the median.' })
  imagesPerSecond!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The median of all SYNC samples for the same work over `medianMs`; null where SYNC was not measured.',
  })
  speedup!: number | null;

  @Field(() => IntervalType, { nullable: true, description: '95 % bootstrap interval of the ratio.' })
  speedupInterval!: Interval | null;

  @Field(() => Float, { nullable: true, description: '`speedup` over `workers`.' })
  efficiency!: number | null;

  @Field(() => Float, {
    description:
      'Processor time over wall time in percent, median of the samples; 100 is one fully busy processor. Includes child processes.',
  })
  cpuPercent!: number;

  @Field(() => [Float], {
    description:
      '`cpuPercent` by processor, in proportion to how busy each was over all samples; empty where the system has no such figures.',
  })
  cpuPercentPerCore!: number[];

  @Field(() => Float, {
    description:
      'Highest resident memory of the process and its children together. Linux: pages of shared files count once.',
  })
  peakRssBytes!: number;

  @Field(() => Float, {
    description: '99th-percentile event-loop delay of the thread that dispatches the tasks.',
  })
  eventLoopDelayP99Ms!: number;

  @Field(() => Float, { description: '0 to 1: busy share of that event loop.' })
  eventLoopUtilization!: number;

  @Field(() => TimeBreakdownType, { description: 'Wall time by phase.' })
  breakdown!: TimeBreakdown;

  @Field(() => String, {
    description:
      'SHA-256 over all outputs in order; a cell whose digest differs from the other models is void.',
  })
  outputDigest!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What did the work if it is none of the engines of this server, such as `Pillow 12.0`; null for benchmarks that were not imported.',
  })
  implementation!: string | null;

  @Field(() => [BenchmarkWarningEnum], { description: 'Warnings about the reliability of the figures.' })
  warnings!: BenchmarkWarning[];

  @Extensions({ listLength: 1 })
  @Field(() => [DoubtType], { description: '`warnings` in words, with advice.' })
  doubts!: Doubt[];

  @Extensions({ listLength: 1 })
  @Field(() => [Float], {
    description:
      'Delays of timers on the dispatching event loop over the median sample, in milliseconds; at most 100 values. Empty in progress events.',
  })
  eventLoopDelaysMs!: number[];

  @Extensions({ listLength: 1 })
  @Field(() => [TaskSpanType], {
    description:
      'Tasks of the median sample in order of start, at most 2,000; evenly thinned beyond. Empty in progress events.',
  })
  timeline!: TaskSpan[];
}
