import { AppError } from '../errors.js';
import { CONCURRENCY_MODELS, WORKLOAD_FACTS, type Workload } from '../execution/model.js';
import { IMAGE_ENGINES } from '../imaging/engine-name.js';
import { cellsOf, MAX_REPETITIONS } from './plan.js';
import { type BenchmarkPreset, type CellLists, PRESETS } from './preset.js';
import { AXES, SWEEP_AXES, type Sweep } from './sweep.js';

/** The part of a request that decides which cells are measured. Absent lists come from the preset. */
export interface ListsInput
  extends Partial<Pick<CellLists, 'models' | 'engines' | 'imageCounts' | 'workerCounts'>> {
  preset: BenchmarkPreset;
  workload: Workload;
  /** Measured samples of every cell. */
  repetitions: number;
  sweep?: Sweep | undefined;
  untilPercent?: number | undefined;
  /** Seconds from the start. */
  maxSeconds?: number | undefined;
  seed?: number | undefined;
}

export interface PlanLimits {
  maxWorkers: number;
  maxImageCount: number;
  maxRepetitions: number;
  maxCells: number;
  maxSamples: number;
  maxSweepValues: number;
}

export const DEFAULT_PLAN_LIMITS: PlanLimits = {
  maxWorkers: 16,
  maxImageCount: 1000,
  maxRepetitions: MAX_REPETITIONS,
  maxCells: 240,
  maxSamples: 2400,
  maxSweepValues: 12,
};

/** Longest time limit of a benchmark, in seconds. */
export const LONGEST_LIMIT_S = 3_600;

/** The seed is a 32-bit integer column. */
export const MAX_SEED = 2 ** 31 - 1;

/**
 * Checks a request and fills in the preset's lists.
 *
 * @param processors that the benchmark may use
 * @throws AppError BAD_USER_INPUT naming the field, or LIMIT_EXCEEDED for too many workers, images, cells or samples
 */
export function checkedLists(input: ListsInput, limits: PlanLimits, processors: number): CellLists {
  const preset = PRESETS[input.preset](Math.min(processors, limits.maxWorkers));
  const lists: CellLists = {
    models: checkedList('models', input.models ?? preset.models, oneOf(CONCURRENCY_MODELS)),
    engines: WORKLOAD_FACTS[input.workload].usesImages
      ? checkedList('engines', input.engines ?? preset.engines, oneOf(IMAGE_ENGINES))
      : (input.engines ?? preset.engines),
    imageCounts: checkedList(
      'imageCounts',
      input.imageCounts ?? preset.imageCounts,
      upTo('maxImageCount', limits.maxImageCount),
    ),
    workerCounts: checkedList(
      'workerCounts',
      input.workerCounts ?? preset.workerCounts,
      upTo('maxWorkers', limits.maxWorkers),
    ),
    // The lists are multiplied.
    ...(preset.syncOnce && !input.workerCounts && { syncOnce: true }),
    ...(input.sweep && { sweep: input.sweep }),
  };
  upTo('maxRepetitions', limits.maxRepetitions)('input.repetitions', input.repetitions);
  if (input.untilPercent !== undefined) checkRange('input.untilPercent', input.untilPercent, 0.1, 100);
  if (input.maxSeconds !== undefined) checkWhole('input.maxSeconds', input.maxSeconds, 1, LONGEST_LIMIT_S);
  if (input.seed !== undefined) checkWhole('input.seed', input.seed, 0, MAX_SEED);
  if (lists.sweep) checkSweep(lists.sweep, lists, input.workload, limits);
  checkSize(cellsOf(lists, input.workload).length, input.repetitions, limits);
  return lists;
}

function checkSweep(
  { axis, values }: Sweep,
  { models }: CellLists,
  workload: Workload,
  { maxSweepValues }: PlanLimits,
): void {
  oneOf(SWEEP_AXES)('input.sweep.axis', axis);
  const { min, max, wholeNumbers, workloads, changes } = AXES[axis];
  if (!workloads.includes(workload)) {
    const possible = SWEEP_AXES.filter((other) => AXES[other].workloads.includes(workload)).join(', ');
    const text = `${axis} needs the workload ${workloads.join(' or ')}; axes for ${workload}: ${possible}`;
    throw AppError.badInput('input.sweep.axis', text);
  }
  if (!models.some((model) => changes.includes(model))) {
    throw AppError.badInput(
      'input.models',
      `must have at least one of ${changes.join(', ')}, which ${axis} changes`,
    );
  }
  if (values.length > maxSweepValues) {
    throw AppError.beyond('input.sweep.values', 'maxSweepValues', maxSweepValues, values.length);
  }
  checkedList('sweep.values', values, (field, value) =>
    wholeNumbers ? checkWhole(field, value, min, max) : checkRange(field, value, min, max),
  );
}

type Check<T> = (field: string, value: T) => void;

const oneOf =
  <T extends string>(allowed: readonly T[]): Check<T> =>
  (field, value) => {
    if (!allowed.includes(value)) throw AppError.badInput(field, `must be one of ${allowed.join(', ')}`);
  };

/** A number below the range is BAD_USER_INPUT; one above the maximum of this server is LIMIT_EXCEEDED. */
const upTo =
  (limit: keyof PlanLimits, max: number): Check<number> =>
  (field, value) => {
    if (!Number.isInteger(value) || value < 1) {
      throw AppError.badInput(field, `must be a whole number from 1 to ${max}`, { min: 1, max });
    }
    if (value > max) throw AppError.beyond(field, limit, max, value);
  };

function checkWhole(field: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw AppError.badInput(field, `must be a whole number from ${min} to ${max}`, { min, max });
}

function checkRange(field: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw AppError.badInput(field, `must be a number from ${min} to ${max}`, { min, max });
}

function checkedList<T>(name: string, list: readonly T[], check: Check<T>): readonly T[] {
  const path = `input.${name}`;
  if (list.length === 0) throw AppError.badInput(path, 'must not be empty');
  list.forEach((value, index) => {
    check(`${path}[${index}]`, value);
    const first = list.indexOf(value);
    if (first !== index) throw AppError.badInput(`${path}[${index}]`, `repeats ${path}[${first}], ${value}`);
  });
  return list;
}

function checkSize(cells: number, repetitions: number, { maxCells, maxSamples }: PlanLimits): void {
  if (cells > maxCells) {
    throw AppError.beyond('input: cells (the product of the lists)', 'maxCells', maxCells, cells);
  }
  const samples = cells * repetitions;
  if (samples > maxSamples) {
    throw AppError.beyond('input: samples (cells x repetitions)', 'maxSamples', maxSamples, samples);
  }
}
