import { WORKLOAD_FACTS, type Workload } from '../execution/model.js';
import { type Cell, cellKey } from './cell.js';
import type { CellLists } from './preset.js';
import { medianInterval } from './statistics/bootstrap.js';
import { seededRandom, seedFrom, shuffled } from './statistics/random.js';

/** Cells and stopping rule of a benchmark. The same input gives the same plan, also after a restart. */
export interface BenchmarkPlan {
  cells: readonly Cell[];
  /** Samples of every cell; with `untilPercent`, the minimum. */
  repetitions: number;
  /** Decides the order of the samples. */
  seed: number;
  /**
   * A cell gets more samples until the 95 % interval of its median is at most this wide, in percent of the median.
   * Null: every cell gets `repetitions`.
   */
  untilPercent: number | null;
}

export interface PlanInput {
  lists: CellLists;
  /** Work without images has no engines: `lists.engines` has no meaning for it. */
  workload: Workload;
  repetitions: number;
  seed: number;
  untilPercent?: number | null;
}

/** One sample to measure; repetitions count from 0. */
export interface PlannedSample {
  cell: Cell;
  repetition: number;
}

/** Maximum number of samples of a cell with `untilPercent`. */
export const MAX_REPETITIONS = 50;

/**
 * With `untilPercent`, fewer repetitions are too few: the interval of a few samples is narrow by chance now and then, and
 * ranks of a few samples cannot be significant over many rows (`npm run perf a-a`).
 */
export const ADAPTIVE_REPETITIONS = 12;

export function planBenchmark({ lists, workload, ...rest }: PlanInput): BenchmarkPlan {
  return { untilPercent: null, ...rest, cells: cellsOf(lists, workload) };
}

/** The product of the lists. */
export function cellsOf(lists: CellLists, workload: Workload): Cell[] {
  const engines = WORKLOAD_FACTS[workload].usesImages ? lists.engines : [null];
  const points = lists.sweep
    ? lists.sweep.values.map((value) => ({ axis: lists.sweep?.axis ?? 'LOCK_SHARE', value }))
    : [null];
  return lists.models.flatMap((model) => {
    const workerCounts = model === 'SYNC' && lists.syncOnce ? [1] : lists.workerCounts;
    return engines.flatMap((engine) =>
      lists.imageCounts.flatMap((imageCount) =>
        points.flatMap((sweep) =>
          workerCounts.map((workers): Cell => ({ model, engine, imageCount, workers, sweep })),
        ),
      ),
    );
  });
}

/** Fields of a stored sample that the stopping rule reads. */
export type PlacedSample = Cell & { repetition: number; wallMs: number };

/**
 * The samples of one repetition in the order of measuring: a randomised complete block design (Montgomery, Design and
 * Analysis of Experiments, ch. 4). Each repetition is a block that holds every unfinished cell once, in a random
 * order of its own, so that a machine that slows down does not favour the cells measured first. Empty after the last
 * repetition.
 */
export function block(
  plan: BenchmarkPlan,
  repetition: number,
  measured: readonly PlacedSample[],
): PlannedSample[] {
  const below = seededRandom(seedFrom(`${plan.seed}/${repetition}`));
  const order = shuffled(plan.cells, below).map((cell): PlannedSample => ({ cell, repetition }));
  if (repetition < plan.repetitions) return order;
  if (plan.untilPercent === null || repetition >= MAX_REPETITIONS) return [];
  const before = Map.groupBy(
    measured.filter((sample) => sample.repetition < repetition),
    cellKey,
  );
  return order.filter(({ cell }) => !isFinished(plan, wallTimes(before.get(cellKey(cell)))));
}

/** Whether a cell with these samples is complete. */
export function isFinished(
  { repetitions, untilPercent }: Pick<BenchmarkPlan, 'repetitions' | 'untilPercent'>,
  samplesMs: readonly number[],
): boolean {
  if (samplesMs.length < repetitions) return false;
  return untilPercent === null || samplesMs.length >= MAX_REPETITIONS || isNarrow(samplesMs, untilPercent);
}

/** Share of a cell that is measured, 0 to 1. With `untilPercent`, relative to the maximum number of samples. */
export function cellProgress(
  plan: Pick<BenchmarkPlan, 'repetitions' | 'untilPercent'>,
  samplesMs: readonly number[],
): number {
  if (isFinished(plan, samplesMs)) return 1;
  return samplesMs.length / (plan.untilPercent === null ? plan.repetitions : MAX_REPETITIONS);
}

/** Whether the 95 % interval of the median is at most this wide, in percent of the median. */
export function isNarrow(samplesMs: readonly number[], untilPercent: number): boolean {
  const interval = medianInterval(samplesMs);
  if (!interval) return false;
  const middle = samplesMs.toSorted((a, b) => a - b)[(samplesMs.length - 1) >> 1] ?? 0;
  return 100 * (interval.high - interval.low) <= untilPercent * middle;
}

/** Samples of a repetition that are not measured yet. */
export function remaining(
  planned: readonly PlannedSample[],
  measured: readonly PlacedSample[],
): PlannedSample[] {
  const done = new Set(measured.map((sample) => `${cellKey(sample)}#${sample.repetition}`));
  return planned.filter(({ cell, repetition }) => !done.has(`${cellKey(cell)}#${repetition}`));
}

const wallTimes = (samples: readonly PlacedSample[] = []): number[] => samples.map(({ wallMs }) => wallMs);
