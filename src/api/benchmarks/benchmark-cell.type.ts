import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { BenchmarkWarning } from '../../benchmark/analysis/warnings.js';
import type { TimeBreakdown } from '../../benchmark/sample.js';
import type { Interval } from '../../benchmark/statistics/bootstrap.js';
import { BenchmarkWarningEnum, ConcurrencyModelEnum } from '../../entities/benchmark-enums.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';

/**
 * Cells that a list of them counts as: half of the 240 that a plan can have. Counted in full, whoever asks for every field
 * of a benchmark would ask for more than an operation may.
 */
export const COUNTED_CELLS = 120;

@ObjectType('Interval', { description: 'A 95 % interval.' })
export class IntervalType implements Interval {
  @Field(() => Float, { description: 'Lower end.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end.' })
  high!: number;
}

@ObjectType('TimeBreakdown', {
  description:
    'Where the wall time of the median sample went, in milliseconds, averaged over what could run at the same time: compute, lock wait and overhead add up to it. Start-up is outside it.',
})
export class TimeBreakdownType implements TimeBreakdown {
  @Field(() => Float, {
    description: 'Until the workers were ready: spawn, fork, module load, warm-up. Paid once.',
  })
  startupMs!: number;

  @Field(() => Float, {
    description: 'From the begin of a task to its end, waiting for a processor included.',
  })
  computeMs!: number;

  @Field(() => Float, { description: 'Waiting for the global lock.' })
  lockWaitMs!: number;

  @Field(() => Float, {
    description:
      'Queueing, messages and copies: what is neither compute nor lock. Tells nothing of ASYNC, whose tasks count each other’s time as theirs.',
  })
  overheadMs!: number;
}

@ObjectType('BenchmarkCell', { description: 'One combination that was measured, and what its samples say.' })
export class BenchmarkCellType implements BenchmarkCell {
  @Field(() => ConcurrencyModelEnum, { description: 'How the batch was run.' })
  model!: ConcurrencyModel;

  @Field(() => ImageEngineEnum, {
    nullable: true,
    description: 'What computed the pixels; null without images.',
  })
  engine!: ImageEngineName | null;

  @Field(() => Int, { description: 'Tasks of one batch.' })
  imageCount!: number;

  @Field(() => Int, {
    description: 'Threads or processes; SYNC uses none, ASYNC has as many tasks in flight.',
  })
  workers!: number;

  @Field(() => [Float], { description: 'Wall time of each sample: the whole batch, workers already up.' })
  samplesMs!: number[];

  @Field(() => Float, { description: 'Of `samplesMs`.' })
  medianMs!: number;

  @Field(() => IntervalType, {
    nullable: true,
    description: '95 % bootstrap interval of the median; null with too few samples.',
  })
  medianInterval!: Interval | null;

  @Field(() => Float, { description: '`medianMs` over `imageCount`.' })
  perImageMs!: number;

  @Field(() => Float, { description: 'At the median.' })
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
    description: 'Median of the samples: 100 is one processor fully busy; children counted.',
  })
  cpuPercent!: number;

  @Field(() => [Float], {
    description:
      '`cpuPercent` split over the processors, in proportion to how busy each was over all samples; empty where the system does not tell.',
  })
  cpuPercentPerCore!: number[];

  @Field(() => Float, {
    description:
      'Highest resident memory of the process and its children together; on Linux, pages of files that they share count once.',
  })
  peakRssBytes!: number;

  @Field(() => Float, {
    description:
      'How late timers fired on the loop that started the work: what an API on that loop would feel.',
  })
  eventLoopDelayP99Ms!: number;

  @Field(() => Float, { description: '0 to 1: how much of the time that loop was busy.' })
  eventLoopUtilization!: number;

  @Field(() => TimeBreakdownType, { description: 'Where the time went.' })
  breakdown!: TimeBreakdown;

  @Field(() => String, {
    description: 'SHA-256 over all outputs in order: equal in every model, or the cell is void.',
  })
  outputDigest!: string;

  @Field(() => [BenchmarkWarningEnum], { description: 'Doubts that the numbers raise.' })
  warnings!: BenchmarkWarning[];
}
