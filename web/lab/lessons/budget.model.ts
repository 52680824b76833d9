/** How many samples a lesson takes, so that its run ends within half a minute. */
import type { PlanQuery } from '../generated/graphql.js';

/** Longest run of a lesson, in seconds. */
export const LONGEST_S = 30;
/** Part of it that a run may take by its estimate: runs differ. */
const SAFE_SHARE = 0.8;
/** Fewest samples of a cell that give a 95 % interval. */
const FEWEST = 5;
/** One sample that took much longer than the others widens the 95 % interval of 5 or 6 samples, and not of this many. */
const STEADY = 7;
/** More narrow the intervals little. */
const MOST = 9;

export type Plan = PlanQuery['benchmarkPlan'];

/** A plan of the same cells with as many samples as the time allows; with {@link STEADY} where the duration is not known. */
export function withinBudget(plan: Plan): Plan & { repetitions: number } {
  const { totalCells, totalSamples, estimatedSeconds } = plan;
  const planned = totalSamples / totalCells;
  if (estimatedSeconds === null || estimatedSeconds <= 0) {
    const repetitions = Math.max(planned, STEADY);
    return { ...plan, repetitions, totalSamples: totalCells * repetitions };
  }
  const secondsOfOne = estimatedSeconds / planned;
  const affordable = Math.floor((SAFE_SHARE * LONGEST_S) / secondsOfOne);
  const repetitions = Math.min(MOST, Math.max(FEWEST, affordable));
  return {
    ...plan,
    repetitions,
    totalSamples: totalCells * repetitions,
    estimatedSeconds: secondsOfOne * repetitions,
  };
}
