import { Field, Float, ID, InputType, Int } from 'type-graphql';
import type { BenchmarkPreset } from '../../benchmark/preset.js';
import type { Sweep, SweepAxis } from '../../benchmark/sweep.js';
import {
  BenchmarkPresetEnum,
  ConcurrencyModelEnum,
  SweepAxisEnum,
  WorkloadEnum,
} from '../../entities/benchmarks/benchmark-enums.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel, Workload } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { RunBenchmark } from '../../services/benchmarks/benchmark-input.js';
import { OperationInput, toOperations } from '../images/operation.input.js';

@InputType({ description: 'One more axis of the plan: every cell is measured at each value.' })
export class SweepInput implements Sweep {
  @Field(() => SweepAxisEnum, { description: 'The property to vary.' })
  axis!: SweepAxis;

  @Field(() => [Float], { description: '1 to 12 different values.' })
  values!: number[];
}

@InputType({
  description:
    'Absent lists are taken from the preset. Each combination of the values of all lists is one cell; at most 240 cells.',
})
export class RunBenchmarkInput {
  @Field(() => String, {
    nullable: true,
    description: 'Display name. Default, for a blank name too: preset and workload.',
  })
  name?: string | null;

  @Field(() => BenchmarkPresetEnum, {
    defaultValue: 'QUICK',
    description: 'Source of the absent lists.',
  })
  preset!: BenchmarkPreset;

  @Field(() => [ConcurrencyModelEnum], {
    nullable: true,
    description: 'Models to measure. Default: those of the preset.',
  })
  models?: ConcurrencyModel[] | null;

  @Field(() => [Int], {
    nullable: true,
    description: 'Tasks of one batch, 1 to 1,000 each; to 10,000 for TASK. Default: those of the preset.',
  })
  imageCounts?: number[] | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      'Numbers of workers, 1 to `serverInfo.limits.maxWorkers` each. SYNC is measured at each too, which shows the noise of the machine. Default: those of the preset.',
  })
  workerCounts?: number[] | null;

  @Field(() => [ImageEngineEnum], {
    nullable: true,
    description: 'Engines to measure; ignored for work without images. Default: those of the preset.',
  })
  engines?: ImageEngineName[] | null;

  @Field(() => WorkloadEnum, { defaultValue: 'IMAGE', description: 'Kind of the tasks.' })
  workload!: Workload;

  @Field(() => String, {
    nullable: true,
    description: 'Name of a task of `tasks`; required for TASK, and must be absent for other work.',
  })
  task?: string | null;

  @Field(() => [OperationInput], {
    nullable: true,
    description: 'Default: the standard pipeline (resize, blur, sharpen, watermark, JPEG). For IMAGE alone.',
  })
  operations?: OperationInput[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      "The user's own images, used in turn. Default: generated photo-like images. For IMAGE alone.",
  })
  imageIds?: string[] | null;

  @Field(() => Int, { defaultValue: 5, description: 'Measured samples of every cell, 1 to 50.' })
  repetitions!: number;

  @Field(() => SweepInput, { nullable: true, description: 'Varies one more property of the work.' })
  sweep?: SweepInput | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'A cell gets samples, from `repetitions` up to 50, until the 95 % interval of its median is at most this wide, in percent of the median; 0.1 to 100.',
  })
  untilPercent?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Time limit in seconds from the start, without the time in which other programs measured, 1 to 3,600. The first repetition is always measured; another one is begun only if the longest so far would end in time. The benchmark then completes with fewer repetitions. Default: no limit.',
  })
  maxSeconds?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Decides the order of the samples, 0 to 2,147,483,647. Default: random.',
  })
  seed?: number | null;
}

/** Converts the input to the plain type of the services. */
export function toRunBenchmark(input: RunBenchmarkInput): RunBenchmark {
  const { preset, workload, repetitions } = input;
  return {
    preset,
    workload,
    repetitions,
    name: input.name ?? undefined,
    models: input.models ?? undefined,
    task: input.task ?? undefined,
    imageCounts: input.imageCounts ?? undefined,
    workerCounts: input.workerCounts ?? undefined,
    engines: input.engines ?? undefined,
    operations: input.operations ? toOperations(input.operations, 'input.operations') : undefined,
    imageIds: input.imageIds ?? undefined,
    sweep: input.sweep ?? undefined,
    untilPercent: input.untilPercent ?? undefined,
    maxSeconds: input.maxSeconds ?? undefined,
    seed: input.seed ?? undefined,
  };
}
