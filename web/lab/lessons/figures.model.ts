import { type Interval, ratioInterval } from '../../../src/benchmark/statistics/bootstrap.js';
import type { SweepPoint } from '../../../src/benchmark/sweep.js';
import type { ConcurrencyModel } from '../../../src/execution/model.js';

/** Figures of one cell of a benchmark, as the API returns them. */
export interface LessonCell {
  model: ConcurrencyModel;
  workers: number;
  /** Tasks of a batch. */
  imageCount: number;
  sweep?: SweepPoint | null;
  samplesMs: readonly number[];
  medianMs: number;
  medianInterval: Interval | null;
  peakRssBytes: number;
  perImageMs: number;
  eventLoopDelayP99Ms: number;
  breakdown: { startupMs: number; lockWaitMs: number; computeMs: number };
  warnings: readonly string[];
}

/** A figure of a run with its name. */
export interface Fact {
  label: string;
  value: string;
}

/** How the time of one cell relates to that of another. */
export type Relation = 'FASTER' | 'SAME' | 'SLOWER' | 'UNDECIDED';

/**
 * Times of which one is at most this much longer count as the same, in percent. Lessons ask about effects that are
 * several times as large, so that a run of half a minute decides them on a computer that does other things too.
 */
export const SAME_PERCENT = 20;
export const SAME_FACTOR = 1 + SAME_PERCENT / 100;

/** How many times as fast a cell is as another, with its 95 % interval. */
export interface Ratio extends Interval {
  middle: number;
}

/** The 95 % interval of the time of one task; undefined where a cell is void or has too few samples. */
export function taskInterval(cell: LessonCell): Interval | undefined {
  const { medianInterval, imageCount } = cell;
  if (isVoid(cell) || medianInterval === null) return undefined;
  return { low: medianInterval.low / imageCount, high: medianInterval.high / imageCount };
}

/**
 * How many times as fast `cell` is as `other`; undefined where a cell is void or has too few samples. The inverse the other
 * way round, although that direction alone would draw other resamples.
 */
export function timesFaster(cell: LessonCell, other: LessonCell): Ratio | undefined {
  if (isVoid(cell) || isVoid(other)) return undefined;
  if (cell.medianMs > other.medianMs) return inverse(timesFaster(other, cell));
  const interval = ratioInterval(other.samplesMs, cell.samplesMs);
  return interval ? { ...interval, middle: other.medianMs / cell.medianMs } : undefined;
}

const inverse = (ratio: Ratio | undefined): Ratio | undefined =>
  ratio && { low: 1 / ratio.high, middle: 1 / ratio.middle, high: 1 / ratio.low };

/** Whether `cell` is faster than `other`: decided only where the whole interval is on one side, or near 1. */
export function relate(cell: LessonCell | undefined, other: LessonCell | undefined): Relation {
  const ratio = cell && other && timesFaster(cell, other);
  if (!ratio) return 'UNDECIDED';
  if (ratio.low >= 1 / SAME_FACTOR && ratio.high <= SAME_FACTOR) return 'SAME';
  if (ratio.low > 1) return 'FASTER';
  return ratio.high < 1 ? 'SLOWER' : 'UNDECIDED';
}

/** How fast a cell was, compared with another: `1.91 times as fast (95 % interval 1.80 to 2.02)`. */
export function ratioText(cell: LessonCell | undefined, other: LessonCell | undefined): string {
  return factorText(cell, other, 'as fast');
}

/** How long a cell took, compared with another: `2.10 times as long (95 % interval 1.98 to 2.23)`. */
export function longerText(cell: LessonCell | undefined, other: LessonCell | undefined): string {
  return factorText(other, cell, 'as long');
}

/** The same as the end of a sentence: `took 2.10 times as long as the loop (95 % interval 1.98 to 2.23).` */
export function tookText(
  cell: LessonCell | undefined,
  other: LessonCell | undefined,
  nameOfOther: string,
): string {
  const text = factorText(other, cell, `as long as ${nameOfOther}`);
  return text === NOT_MEASURED ? `could not be compared with ${nameOfOther}.` : `took ${text}.`;
}

const NOT_MEASURED = 'not measured';

/** The factor between two cells; without an interval where they have too few samples. */
function factorText(cell: LessonCell | undefined, other: LessonCell | undefined, how: string): string {
  if (!cell || !other || isVoid(cell) || isVoid(other)) return NOT_MEASURED;
  const ratio = timesFaster(cell, other);
  const middle = other.medianMs / cell.medianMs;
  return `${middle.toFixed(2)} times ${how} (${ratio ? intervalText(ratio) : 'too few samples for a 95 % interval'})`;
}

const intervalText = ({ low, high }: Interval): string =>
  `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`;

/** The cell of a model; with `part`, the first that has these properties too. */
export function cellOf(
  cells: readonly LessonCell[],
  model: ConcurrencyModel,
  part: { workers?: number; imageCount?: number; sweep?: number } = {},
): LessonCell | undefined {
  return cells.find(
    (cell) =>
      cell.model === model &&
      (part.workers === undefined || cell.workers === part.workers) &&
      (part.imageCount === undefined || cell.imageCount === part.imageCount) &&
      (part.sweep === undefined || cell.sweep?.value === part.sweep),
  );
}

/** A duration with three significant digits: `12.3 ms`, `1.24 s`. */
export function msText(ms: number | undefined): string {
  if (ms === undefined) return NOT_MEASURED;
  return ms < 1_000 ? `${digits(ms)} ms` : `${digits(ms / 1_000)} s`;
}

/** Memory in MiB. */
export function memoryText(bytes: number | undefined): string {
  return bytes === undefined ? NOT_MEASURED : `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}

const digits = (value: number): string => String(Number(value.toPrecision(3)));

/** Whether a cell gave other results than the others of the same work. */
export const isVoid = ({ warnings }: LessonCell): boolean => warnings.includes('OUTPUT_MISMATCH');
