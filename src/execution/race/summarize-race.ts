import {
  lostShares,
  median,
  RACE_LIMITS,
  type RaceReading,
  type RaceResult,
  type RaceVariant,
} from '../race.js';
import type { RaceRun } from './race-threads.js';

/** Summarizes the repetitions of a variant; the readings are those of the first one. */
export function summarizeRace(variant: RaceVariant, expected: number, runs: readonly RaceRun[]): RaceResult {
  const actual = runs.map((run) => run.actual);
  return {
    variant,
    expected,
    actual,
    ...lostShares({ expected, actual }),
    overlapPercent: median(runs.map((run) => run.overlapPercent)),
    nanosecondsPerIncrement: median(runs.map(({ wallMs }) => (wallMs * 1e6) / expected)),
    readings: thin(runs[0]?.readings ?? []),
  };
}

/** Keeps every n-th reading, so that at most {@link RACE_LIMITS}.readings remain. */
function thin(readings: readonly RaceReading[]): RaceReading[] {
  const step = Math.ceil(readings.length / RACE_LIMITS.readings);
  return readings.filter((_reading, index) => index % step === 0);
}
