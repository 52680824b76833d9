/** How long the run of a lesson may take. */
import type { PlanQuery, RunBenchmarkInput } from '../generated/graphql.js';

/** Longest run of a lesson, in seconds. */
export const LONGEST_S = 30;
/** Time limit of its benchmark, in seconds: a repetition can take longer than the ones before it. */
const LIMIT_S = 28;
/** More samples narrow the 95 % intervals little. */
export const MOST_SAMPLES = 9;

export type Plan = PlanQuery['benchmarkPlan'];

/** The benchmark of a lesson with as many samples of each cell as its time allows. */
export const withinBudget = (input: RunBenchmarkInput): RunBenchmarkInput => ({
  ...input,
  repetitions: MOST_SAMPLES,
  maxSeconds: LIMIT_S,
});

/** Size and duration of a run before it starts. */
export function costText({ totalSamples, estimatedSeconds }: Plan): string {
  const most = `At most ${totalSamples} samples in at most ${LONGEST_S} seconds`;
  return estimatedSeconds === null || estimatedSeconds >= LIMIT_S
    ? `${most}.`
    : `${most}, probably in ${Math.max(1, Math.round(estimatedSeconds))}.`;
}

/** Says that a run that has ended took fewer samples than it could; empty where it took all. */
export function shortenedText(samplesOfCell: number): string {
  if (samplesOfCell === 0 || samplesOfCell >= MOST_SAMPLES) return '';
  return `In ${LONGEST_S} seconds this server had time for ${samplesOfCell} of ${MOST_SAMPLES} samples of each combination.`;
}
