import { DEFAULT_PLAN_LIMITS, type PlanInput, planBenchmark } from '../../benchmark/plan.js';
import { type CellLists, PRESET_LISTS } from '../../benchmark/preset.js';
import { AppError } from '../../errors.js';
import { checkEngine, checkOperations } from '../../imaging/check-operations.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { ImageFormat } from '../../imaging/image-format.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import { type Operation, STANDARD_PIPELINE } from '../../imaging/operation.js';
import { displayTitle } from '../shared/display-name.js';

/** What a user asks for. */
export interface RunBenchmark extends Omit<PlanInput, 'seed'> {
  /** Left out or blank: made from preset and workload. */
  name?: string | undefined;
  /** Left out: the standard pipeline. FIBONACCI takes none. */
  operations?: readonly Operation[] | undefined;
  /** The user's own images; left out: generated ones. FIBONACCI takes none. */
  imageIds?: readonly string[] | undefined;
}

export interface BenchmarkLimits extends ImagingLimits {
  maxBatchImages: number;
  maxWorkers: number;
}

/** What is to be measured, everything filled in. */
export interface CheckedBenchmark {
  name: string;
  lists: CellLists;
  operations: readonly Operation[];
  imageIds: readonly string[] | null;
  totalCells: number;
}

/** BAD_USER_INPUT or LIMIT_EXCEEDED for a benchmark that could never run, naming the field and what would be right. */
export function checkBenchmark(asked: RunBenchmark, limits: BenchmarkLimits): CheckedBenchmark {
  const { preset, workload, imageIds } = asked;
  const { cells } = planBenchmark(
    { ...asked, seed: 0 },
    { ...DEFAULT_PLAN_LIMITS, maxWorkers: limits.maxWorkers },
  );
  const lists = PRESET_LISTS[preset];
  const name = displayTitle(asked.name ?? '') || `${preset} ${workload.toLowerCase()}`;
  const shared = {
    name,
    lists: {
      models: asked.models ?? lists.models,
      engines: asked.engines ?? lists.engines,
      imageCounts: asked.imageCounts ?? lists.imageCounts,
      workerCounts: asked.workerCounts ?? lists.workerCounts,
    },
    totalCells: cells.length,
  };
  if (workload === 'FIBONACCI') {
    refuse('operations', asked.operations);
    refuse('imageIds', imageIds);
    return { ...shared, operations: [], imageIds: null };
  }
  const operations = asked.operations ?? STANDARD_PIPELINE;
  checkOperations(operations, limits);
  if (imageIds !== undefined) checkImageIds(imageIds, limits.maxBatchImages);
  return { ...shared, operations, imageIds: imageIds ?? null };
}

/** BAD_USER_INPUT for a format that one of the engines does not read or write. */
export function checkBenchmarkEngines(
  { lists, operations }: CheckedBenchmark,
  formats: Iterable<ImageFormat>,
  engines: readonly EngineInfo[],
): void {
  for (const format of new Set(formats)) {
    for (const engine of lists.engines) checkEngine(engine, format, operations, engines);
  }
}

function refuse(name: string, value: unknown): void {
  if (value === undefined) return;
  throw AppError.badInput(`input.${name}`, 'must be left out: FIBONACCI touches no image');
}

function checkImageIds({ length }: readonly string[], max: number): void {
  if (length === 0) {
    throw AppError.badInput('input.imageIds', 'must not be empty; leave it out for generated images');
  }
  if (length > max) {
    throw AppError.beyond('input.imageIds', 'maxBatchImages', max, length);
  }
}
