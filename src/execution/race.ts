import { AppError } from '../errors.js';

/** How threads add to a shared counter: load, add and store; one atomic operation; load, add and store under a lock. */
export const RACE_VARIANTS = ['UNSYNCHRONIZED', 'ATOMIC', 'LOCKED'] as const;
export type RaceVariant = (typeof RACE_VARIANTS)[number];

export interface RaceInput {
  /** Threads that add to the counter at the same time. */
  workers: number;
  incrementsPerWorker: number;
  repetitions: number;
}

export interface RaceResult {
  variant: RaceVariant;
  /** What the counter holds if no increment is lost. */
  expected: number;
  /** What it held in the end, one number a repetition. */
  actual: number[];
  /** Mean over the repetitions. */
  lostPercent: number;
  /** Wall time from the first thread's start to the last one's end, over all increments; median of the repetitions. */
  nanosecondsPerIncrement: number;
}

export interface RaceExperiment {
  workers: number;
  /** In the order of {@link RACE_VARIANTS}. */
  results: RaceResult[];
}

/** Bounds of an experiment: it occupies every processor while it runs. */
export const RACE_LIMITS = { workers: 32, increments: 10_000_000, repetitions: 20 } as const;

/** @throws AppError BAD_USER_INPUT that names the field and its range */
export function checkRaceInput({ workers, incrementsPerWorker, repetitions }: RaceInput): void {
  checkWholeNumber('input.workers', workers, RACE_LIMITS.workers);
  checkWholeNumber('input.repetitions', repetitions, RACE_LIMITS.repetitions);
  checkWholeNumber(
    'input.incrementsPerWorker',
    incrementsPerWorker,
    Math.floor(RACE_LIMITS.increments / workers),
  );
}

function checkWholeNumber(field: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  const reason =
    field === 'input.incrementsPerWorker'
      ? `, so that all workers make at most ${RACE_LIMITS.increments}`
      : '';
  throw AppError.badInput(field, `must be a whole number from 1 to ${max}${reason}`, { min: 1, max });
}
