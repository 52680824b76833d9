import { AppError } from '../errors.js';
import { CONCURRENCY_MODELS, type Workload } from '../execution/model.js';
import { IMAGE_ENGINES } from '../imaging/operation.js';
import { type Cell, cellKey } from './cell.js';
import { type BenchmarkPreset, type CellLists, PRESET_LISTS } from './preset.js';
import { seededRandom, shuffled } from './statistics/random.js';

/** What to measure. Lists left out come from the preset; the cells are their product. */
export interface PlanInput extends Partial<CellLists> {
  preset: BenchmarkPreset;
  /** FIBONACCI touches no image, so that `engines` has no meaning for it. */
  workload: Workload;
  /** Measured samples of every cell. */
  repetitions: number;
  /** Decides the order of the samples. */
  seed: number;
}

export interface PlanLimits {
  maxWorkers: number;
  maxImageCount: number;
  maxRepetitions: number;
  maxCells: number;
  maxSamples: number;
}

export const DEFAULT_PLAN_LIMITS: PlanLimits = {
  maxWorkers: 16,
  maxImageCount: 1000,
  maxRepetitions: 50,
  maxCells: 240,
  maxSamples: 2400,
};

/** One sample to measure: which cell, and which of its repetitions, counted from 0. */
export interface PlannedSample {
  cell: Cell;
  repetition: number;
}

export interface BenchmarkPlan {
  cells: readonly Cell[];
  repetitions: number;
  /** Every sample once, in the order in which they are to be measured. */
  order: readonly PlannedSample[];
}

/**
 * Cells and the order of their samples: a randomised complete block design (Montgomery, Design and Analysis
 * of Experiments, ch. 4). Each repetition is a block that holds every cell once in a random order of its own,
 * so that a machine which grows slower meanwhile does not favour the cells that came first.
 *
 * SYNC is measured at each number of workers too. It does the same work there, so the spread between those
 * cells is the noise floor of the machine.
 *
 * @throws AppError BAD_USER_INPUT naming the field, or LIMIT_EXCEEDED for too many cells or samples.
 */
export function planBenchmark(input: PlanInput, limits = DEFAULT_PLAN_LIMITS): BenchmarkPlan {
  const preset = PRESET_LISTS[input.preset];
  const models = checkedList('models', input.models ?? preset.models, oneOf(CONCURRENCY_MODELS));
  const engines =
    input.workload === 'FIBONACCI'
      ? [null]
      : checkedList('engines', input.engines ?? preset.engines, oneOf(IMAGE_ENGINES));
  const imageCounts = checkedList(
    'imageCounts',
    input.imageCounts ?? preset.imageCounts,
    upTo('maxImageCount', limits.maxImageCount),
  );
  const workerCounts = checkedList(
    'workerCounts',
    input.workerCounts ?? preset.workerCounts,
    upTo('maxWorkers', limits.maxWorkers),
  );
  upTo('maxRepetitions', limits.maxRepetitions)('input.repetitions', input.repetitions);
  checkSize(
    models.length * engines.length * imageCounts.length * workerCounts.length,
    input.repetitions,
    limits,
  );

  const cells = models.flatMap((model) =>
    engines.flatMap((engine) =>
      imageCounts.flatMap((imageCount) =>
        workerCounts.map((workers): Cell => ({ model, engine, imageCount, workers })),
      ),
    ),
  );
  const below = seededRandom(input.seed);
  const order = Array.from({ length: input.repetitions }, (_, repetition) =>
    shuffled(cells, below).map((cell): PlannedSample => ({ cell, repetition })),
  ).flat();
  return { cells, repetitions: input.repetitions, order };
}

/** What of a plan is still to be measured, in the plan's order. */
export function remainingSamples(
  plan: BenchmarkPlan,
  measured: readonly (Cell & { repetition: number })[],
): PlannedSample[] {
  const done = new Set(measured.map((sample) => `${cellKey(sample)}#${sample.repetition}`));
  return plan.order.filter(({ cell, repetition }) => !done.has(`${cellKey(cell)}#${repetition}`));
}

type Check<T> = (field: string, value: T) => void;

const oneOf =
  <T extends string>(allowed: readonly T[]): Check<T> =>
  (field, value) => {
    if (!allowed.includes(value)) throw AppError.badInput(field, `must be one of ${allowed.join(', ')}`);
  };

/** A number below what makes sense is bad input; one beyond what this server takes is beyond its limit. */
const upTo =
  (limit: keyof PlanLimits, max: number): Check<number> =>
  (field, value) => {
    if (!Number.isInteger(value) || value < 1) {
      throw AppError.badInput(field, `must be a whole number from 1 to ${max}`, { min: 1, max });
    }
    if (value > max) throw AppError.beyond(field, limit, max, value);
  };

function checkedList<T>(name: string, list: readonly T[], check: Check<T>): readonly T[] {
  const path = `input.${name}`;
  if (list.length === 0) {
    throw AppError.badInput(path, 'must not be empty; leave it out to take the preset’s list');
  }
  list.forEach((value, index) => {
    check(`${path}[${index}]`, value);
    if (list.indexOf(value) !== index) throw AppError.badInput(`${path}[${index}]`, `${value} stands twice`);
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
