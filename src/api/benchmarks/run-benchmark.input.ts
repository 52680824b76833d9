import { Field, ID, InputType, Int } from 'type-graphql';
import type { BenchmarkPreset } from '../../benchmark/preset.js';
import { BenchmarkPresetEnum, ConcurrencyModelEnum, WorkloadEnum } from '../../entities/benchmark-enums.js';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ConcurrencyModel, Workload } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import type { RunBenchmark } from '../../services/benchmarks/benchmark-input.js';
import { OperationInput, toOperations } from '../images/operation.input.js';

@InputType({
  description: 'Lists left out come from the preset; the cells are their product, at most 240 of them.',
})
export class RunBenchmarkInput {
  @Field(() => String, {
    nullable: true,
    description: 'For people; left out or blank: made from preset and workload.',
  })
  name?: string | null;

  @Field(() => BenchmarkPresetEnum, {
    defaultValue: 'QUICK',
    description: 'Where the lists left out come from.',
  })
  preset!: BenchmarkPreset;

  @Field(() => [ConcurrencyModelEnum], { nullable: true, description: 'Models to measure.' })
  models?: ConcurrencyModel[] | null;

  @Field(() => [Int], { nullable: true, description: 'Tasks of one batch, 1 to 1,000 each.' })
  imageCounts?: number[] | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      'Workers, from 1 up to `serverInfo.limits.maxWorkers`. SYNC is measured at each too: it shows the noise.',
  })
  workerCounts?: number[] | null;

  @Field(() => [ImageEngineEnum], {
    nullable: true,
    description: 'Engines to measure. Has no meaning for FIBONACCI.',
  })
  engines?: ImageEngineName[] | null;

  @Field(() => WorkloadEnum, { defaultValue: 'IMAGE', description: 'What the tasks do.' })
  workload!: Workload;

  @Field(() => [OperationInput], {
    nullable: true,
    description:
      'Left out: the standard pipeline (resize, blur, sharpen, watermark, JPEG). FIBONACCI takes none.',
  })
  operations?: OperationInput[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      "The user's own images, taken in turn. Left out: generated photo-like images. FIBONACCI takes none.",
  })
  imageIds?: string[] | null;

  @Field(() => Int, { defaultValue: 5, description: 'Measured samples of every cell, 1 to 50.' })
  repetitions!: number;
}

/** The input as services take it. */
export function toRunBenchmark(input: RunBenchmarkInput): RunBenchmark {
  const { preset, workload, repetitions } = input;
  return {
    preset,
    workload,
    repetitions,
    name: input.name ?? undefined,
    models: input.models ?? undefined,
    imageCounts: input.imageCounts ?? undefined,
    workerCounts: input.workerCounts ?? undefined,
    engines: input.engines ?? undefined,
    operations: input.operations ? toOperations(input.operations, 'input.operations') : undefined,
    imageIds: input.imageIds ?? undefined,
  };
}
