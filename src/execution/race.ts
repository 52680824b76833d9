import { AppError } from '../errors.js';

/** Ways in which threads add to a counter. */
export const RACE_VARIANTS = ['UNSYNCHRONIZED', 'ATOMIC', 'LOCKED', 'SHARDED', 'PADDED', 'BATCHED'] as const;
export type RaceVariant = (typeof RACE_VARIANTS)[number];

export const RACE_SUMMARIES: Record<RaceVariant, string> = {
  UNSYNCHRONIZED: 'load, add and store, without synchronisation',
  ATOMIC: 'one atomic addition for each increment',
  LOCKED: 'load, add and store under a lock',
  SHARDED: 'a counter for each thread, side by side in one cache line (false sharing)',
  PADDED: 'a counter for each thread, 128 bytes apart',
  BATCHED: 'each thread counts for itself and adds its sum once',
};

export interface RaceInput {
  /** Threads that add at the same time. */
  workers: number;
  /** Increments of each thread before they are multiplied. */
  incrementsPerWorker: number;
  repetitions: number;
  /** The increments are multiplied until a repetition of UNSYNCHRONIZED lasts this long, in milliseconds. */
  minimumMs: number;
}

/** Value of the counter while the threads added. */
export interface RaceReading {
  /** Milliseconds since the first thread started to add. */
  ms: number;
  value: number;
}

export interface RaceResult {
  variant: RaceVariant;
  /** Value of the counter if no increment is lost. */
  expected: number;
  /** Final value of the counter, one for each repetition. */
  actual: number[];
  /** Median over the repetitions. */
  lostPercent: number;
  /** Maximum over the repetitions. */
  lostPercentMax: number;
  /**
   * Share of a repetition in which at least two threads were adding; median over the repetitions. Null in
   * experiments of version 0.1, which did not measure it.
   */
  overlapPercent: number | null;
  /** Wall time from the first start to the last end, over all increments; median over the repetitions. */
  nanosecondsPerIncrement: number;
  /** The counter during the first repetition, at most {@link RACE_LIMITS}.readings values. */
  readings: RaceReading[];
}

export interface RaceExperiment {
  workers: number;
  /** In the order of {@link RACE_VARIANTS}. */
  results: RaceResult[];
}

/** Bounds of an experiment, which occupies every processor while it runs. */
export const RACE_LIMITS = {
  workers: 32,
  /** Requested increments of all threads together, in one repetition. */
  increments: 10_000_000,
  repetitions: 20,
  minimumMs: 1_000,
  /** Increments of all threads together after the multiplication: they fit a signed 32-bit integer. */
  multipliedIncrements: 2 ** 31 - 1,
  /** The increments are not multiplied beyond an expected duration of the experiment of this, in milliseconds. */
  durationMs: 40_000,
  readings: 200,
} as const;

/** Overlap in percent below which a repetition is repeated, and below which a result proves nothing. */
export const MIN_OVERLAP_PERCENT = 50;

/** States in words what a result shows. */
export function raceVerdict({
  lostPercent,
  lostPercentMax,
  overlapPercent,
}: Pick<RaceResult, 'lostPercent' | 'lostPercentMax' | 'overlapPercent'>): string {
  const overlap =
    overlapPercent === null ? 'overlap not measured' : `overlapped ${overlapPercent.toFixed(0)} %`;
  if (lostPercentMax > 0) {
    return `lost ${lostPercent.toFixed(1)} % (median), at most ${lostPercentMax.toFixed(1)} %; ${overlap}`;
  }
  if (overlapPercent === null || overlapPercent >= MIN_OVERLAP_PERCENT) return `lost nothing; ${overlap}`;
  return overlapPercent < 1 ? 'no overlap, proves nothing' : `too little overlap, proves nothing; ${overlap}`;
}

/** @throws AppError BAD_USER_INPUT that names the field and its range */
export function checkRaceInput({ workers, incrementsPerWorker, repetitions, minimumMs }: RaceInput): void {
  checkInteger('input.workers', workers, 1, RACE_LIMITS.workers);
  checkInteger('input.repetitions', repetitions, 1, RACE_LIMITS.repetitions);
  checkInteger('input.minimumMs', minimumMs, 0, RACE_LIMITS.minimumMs);
  const most = Math.floor(RACE_LIMITS.increments / workers);
  checkInteger(
    'input.incrementsPerWorker',
    incrementsPerWorker,
    1,
    most,
    `, so that all threads add at most ${RACE_LIMITS.increments} times`,
  );
}

function checkInteger(field: string, value: number, min: number, max: number, reason = ''): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw AppError.badInput(field, `must be a whole number from ${min} to ${max}${reason}`, { min, max });
}

/** Fields that experiments of version 0.1 lack. */
type AddedFields = 'lostPercentMax' | 'overlapPercent' | 'readings';

/** Completes an experiment of version 0.1, which lacks the fields that were added later. */
export function completeRace({ workers, results }: RaceExperiment): RaceExperiment {
  return { workers, results: results.map(complete) };
}

function complete(
  result: Omit<RaceResult, AddedFields> & Partial<Pick<RaceResult, AddedFields>>,
): RaceResult {
  const { lostPercentMax } = lostShares(result);
  return { lostPercentMax, overlapPercent: null, readings: [], ...result };
}

/** The share of the increments that was lost, in percent: median and maximum over the repetitions. */
export function lostShares({
  expected,
  actual,
}: Pick<RaceResult, 'expected' | 'actual'>): Pick<RaceResult, 'lostPercent' | 'lostPercentMax'> {
  const lost = actual.map((value) => 100 * (1 - value / expected));
  return { lostPercent: median(lost), lostPercentMax: Math.max(...lost) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
