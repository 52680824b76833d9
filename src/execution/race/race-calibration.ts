import { RACE_LIMITS, RACE_VARIANTS, type RaceInput } from '../race.js';
import type { RaceThreads } from './race-threads.js';

/**
 * Returns the factor for the increments of every variant: it makes a repetition of UNSYNCHRONIZED last `minimumMs`,
 * within the bounds on the increments and on the duration of the whole experiment. At least 1.
 */
export async function multiplier(threads: RaceThreads, input: RaceInput): Promise<number> {
  const { workers, incrementsPerWorker, repetitions, minimumMs } = input;
  const durations: number[] = [];
  for (const variant of RACE_VARIANTS) {
    durations.push((await threads.run(variant, incrementsPerWorker)).wallMs);
  }
  return chooseMultiplier({
    minimumMs,
    raceMs: durations[RACE_VARIANTS.indexOf('UNSYNCHRONIZED')] ?? 0,
    experimentMs: repetitions * durations.reduce((sum, ms) => sum + ms, 0),
    increments: workers * incrementsPerWorker,
  });
}

/** Durations of the increments as requested: of a repetition of UNSYNCHRONIZED, and of the whole experiment. */
export function chooseMultiplier({
  minimumMs,
  raceMs,
  experimentMs,
  increments,
}: {
  minimumMs: number;
  raceMs: number;
  experimentMs: number;
  increments: number;
}): number {
  const wanted = Math.ceil(minimumMs / Math.max(raceMs, 0.001));
  const withinDuration = Math.floor(RACE_LIMITS.durationMs / Math.max(experimentMs, 0.001));
  const withinIncrements = Math.floor(RACE_LIMITS.multipliedIncrements / increments);
  return Math.max(1, Math.min(wanted, withinDuration, withinIncrements));
}
