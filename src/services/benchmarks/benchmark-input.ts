import { cellsOf } from '../../benchmark/plan.js';
import {
  checkedLists,
  DEFAULT_PLAN_LIMITS,
  type ListsInput,
  type PlanLimits,
} from '../../benchmark/plan-input.js';
import type { CellLists } from '../../benchmark/preset.js';
import { AXES } from '../../benchmark/sweep.js';
import { AppError } from '../../errors.js';
import { WORKLOAD_FACTS, type Workload } from '../../execution/model.js';
import { MAX_INPUTS } from '../../execution/tasks/task-module.js';
import { checkEngine, checkOperations } from '../../imaging/check-operations.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { ImageFormat } from '../../imaging/image-format.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import { type Operation, STANDARD_PIPELINE } from '../../imaging/operation.js';
import { displayTitle } from '../shared/display-name.js';
import { asStandard } from './standard-pipeline.js';

/** A request for a benchmark. */
export interface RunBenchmark extends ListsInput {
  /** Default, also for a blank name: preset and workload. */
  name?: string | undefined;
  /** Name of a task module of this server; for TASK alone. */
  task?: string | undefined;
  /** Default: the standard pipeline. For IMAGE alone. */
  operations?: readonly Operation[] | undefined;
  /** The user's own images. Default: generated images. For IMAGE alone. */
  imageIds?: readonly string[] | undefined;
}

export interface BenchmarkLimits extends ImagingLimits {
  maxBatchImages: number;
  maxWorkers: number;
}

/** Valid request with all defaults. */
export interface CheckedBenchmark {
  name: string;
  lists: CellLists;
  operations: readonly Operation[];
  imageIds: readonly string[] | null;
  task: string | null;
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
  const { preset, workload, imageIds, task } = request;
  const lists = checkedLists(request, planLimits(workload, limits), processors);
  if (workload !== 'TASK') rejectFor(workload, 'task', task, 'calls no task module');
  const shared = {
    name: displayTitle(request.name ?? '') || task || `${preset} ${workload.toLowerCase()}`,
    lists,
    task: task ?? null,
    totalCells: cellsOf(lists, workload).length,
  };
  if (!WORKLOAD_FACTS[workload].usesImages) {
    rejectFor(workload, 'operations', request.operations, 'uses no images');
    rejectFor(workload, 'imageIds', imageIds, 'uses no images');
    return { ...shared, operations: [], imageIds: null };
  }
  const operations = asStandard(request.operations ?? STANDARD_PIPELINE);
  checkOperations(operations, limits);
  if (imageIds !== undefined) checkImageIds(imageIds, limits.maxBatchImages, lists);
  return { ...shared, operations, imageIds: imageIds ?? null };
}

/**
 * Drops the engines of the preset that cannot read or write a format of the work; rejects them if the request named
 * them, or if none is left.
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

/** @throws AppError BAD_USER_INPUT that lists the tasks of this server */
export function noSuchTask(name: string | undefined, names: readonly string[]): AppError {
  const remedy =
    names.length > 0
      ? `must name a task of this server: ${names.join(', ')}`
      : 'this server offers no tasks (TASKS_DIR)';
  return AppError.badInput(
    'input.task',
    name === undefined ? remedy : `${remedy}; there is no ${JSON.stringify(name)}`,
  );
}

/** A batch of a task module can have as many tasks as the module has inputs. */
function planLimits(workload: Workload, { maxWorkers }: BenchmarkLimits): PlanLimits {
  const limits = { ...DEFAULT_PLAN_LIMITS, maxWorkers };
  return workload === 'TASK' ? { ...limits, maxImageCount: MAX_INPUTS } : limits;
}

function rejectFor(workload: Workload, name: string, value: unknown, why: string): void {
  if (value !== undefined) throw AppError.badInput(`input.${name}`, `must be absent: ${workload} ${why}`);
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
