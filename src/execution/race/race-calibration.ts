import { RACE_LIMITS, RACE_VARIANTS, type RaceInput, type RaceVariant } from '../race.js';

/** Runs one repetition and returns how long it lasted, in milliseconds. */
export type TimeRepetition = (variant: RaceVariant, increments: number) => Promise<number>;

/** Rounds of the calibration. A first guess comes from a repetition too short for the clock, so that one is too few. */
const ROUNDS = 4;
/** Repetitions of a round. The shortest counts: another program on the machine makes a repetition longer. */
const TRIES = 3;
/** Aims above `minimumMs`, so that a round that comes close to it is the last one. */
const AIM = 1.15;

/**
 * Returns the factor for the increments of every variant: with it, a repetition of UNSYNCHRONIZED lasts at least
 * `minimumMs`, within the bounds on the increments and on the duration of the whole experiment. At least 1.
 */
export async function multiplier(time: TimeRepetition, input: RaceInput): Promise<number> {
  const { workers, incrementsPerWorker, repetitions, minimumMs } = input;
  if (minimumMs === 0) return 1;
  const durations: number[] = [];
  for (const variant of RACE_VARIANTS) durations.push(await shortest(time, variant, incrementsPerWorker));
  const most = largestMultiplier(
    repetitions * durations.reduce((sum, ms) => sum + ms, 0),
    workers * incrementsPerWorker,
  );
  let factor = 1;
  for (let round = 0; round < ROUNDS; round++) {
    const raceMs = await shortest(time, 'UNSYNCHRONIZED', factor * incrementsPerWorker);
    if (raceMs >= minimumMs || factor >= most) break;
    factor = Math.min(most, Math.ceil((factor * AIM * minimumMs) / Math.max(raceMs, 0.001)));
  }
  return factor;
}

/**
 * The largest factor within the limits.
 *
 * @param experimentMs duration of the whole experiment with the increments as requested
 * @param increments of all threads in one repetition, as requested
 */
export function largestMultiplier(experimentMs: number, increments: number): number {
  const withinDuration = Math.floor(RACE_LIMITS.durationMs / Math.max(experimentMs, 0.001));
  const withinIncrements = Math.floor(RACE_LIMITS.multipliedIncrements / increments);
  return Math.max(1, Math.min(withinDuration, withinIncrements));
}

async function shortest(time: TimeRepetition, variant: RaceVariant, increments: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) least = Math.min(least, await time(variant, increments));
  return least;
}
