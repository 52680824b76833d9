import { cellsOf } from '../../benchmark/plan.js';
import { checkedLists, DEFAULT_PLAN_LIMITS, type ListsInput } from '../../benchmark/plan-input.js';
import type { CellLists } from '../../benchmark/preset.js';
import { AXES } from '../../benchmark/sweep.js';
import { AppError } from '../../errors.js';
import { checkEngine, checkOperations } from '../../imaging/check-operations.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { ImageFormat } from '../../imaging/image-format.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import { type Operation, STANDARD_PIPELINE } from '../../imaging/operation.js';
import { displayTitle } from '../shared/display-name.js';

/** A request for a benchmark. */
export interface RunBenchmark extends ListsInput {
  /** Default, for a blank name too: preset and workload. */
  name?: string | undefined;
  /** Default: the standard pipeline. Not for FIBONACCI. */
  operations?: readonly Operation[] | undefined;
  /** The user's own images. Default: generated images. Not for FIBONACCI. */
  imageIds?: readonly string[] | undefined;
}

export interface BenchmarkLimits extends ImagingLimits {
  maxBatchImages: number;
  maxWorkers: number;
}

/** A checked request with its defaults. */
export interface CheckedBenchmark {
  name: string;
  lists: CellLists;
  operations: readonly Operation[];
  imageIds: readonly string[] | null;
  totalCells: number;
}

/**
 * Checks a request and fills in its defaults.
 *
 * @param processors that a benchmark may use
 * @throws AppError BAD_USER_INPUT or LIMIT_EXCEEDED that names the field and what would be right
 */
export function checkBenchmark(
  request: RunBenchmark,
  limits: BenchmarkLimits,
  processors: number,
): CheckedBenchmark {
  const { preset, workload, imageIds } = request;
  const lists = checkedLists(request, { ...DEFAULT_PLAN_LIMITS, maxWorkers: limits.maxWorkers }, processors);
  const shared = {
    name: displayTitle(request.name ?? '') || `${preset} ${workload.toLowerCase()}`,
    lists,
    totalCells: cellsOf(lists, workload).length,
  };
  if (workload === 'FIBONACCI') {
    rejectForFibonacci('operations', request.operations);
    rejectForFibonacci('imageIds', imageIds);
    return { ...shared, operations: [], imageIds: null };
  }
  const operations = request.operations ?? STANDARD_PIPELINE;
  checkOperations(operations, limits);
  if (imageIds !== undefined) checkImageIds(imageIds, limits.maxBatchImages, lists);
  return { ...shared, operations, imageIds: imageIds ?? null };
}

/**
 * Drops the engines of the preset that cannot read or write a format of the work; rejects them where the request named
 * them, or where none is left.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function withAbleEngines(
  checked: CheckedBenchmark,
  { engines: named, workload }: RunBenchmark,
  formats: Iterable<ImageFormat>,
  infos: readonly EngineInfo[],
): CheckedBenchmark {
  const { lists, operations } = checked;
  const failures: unknown[] = [];
  const able = lists.engines.filter((engine) => {
    try {
      for (const format of new Set(formats)) checkEngine(engine, format, operations, infos);
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  });
  if (failures.length > 0 && (named !== undefined || able.length === 0)) throw failures[0];
  const kept = { ...lists, engines: able };
  return { ...checked, lists: kept, totalCells: cellsOf(kept, workload).length };
}

function rejectForFibonacci(name: string, value: unknown): void {
  if (value === undefined) return;
  throw AppError.badInput(`input.${name}`, 'must be absent: FIBONACCI uses no images');
}

function checkImageIds({ length }: readonly string[], max: number, { sweep }: CellLists): void {
  if (sweep && AXES[sweep.axis].generatedImagesOnly) {
    throw AppError.badInput('input.imageIds', `must be absent: ${sweep.axis} varies generated images`);
  }
  if (length === 0) {
    throw AppError.badInput('input.imageIds', 'must not be empty; without it, images are generated');
  }
  if (length > max) {
    throw AppError.beyond('input.imageIds', 'maxBatchImages', max, length);
  }
}
