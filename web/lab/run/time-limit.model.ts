import { count } from '../../../src/benchmark/analysis/format-numbers.js';
import type { BenchmarkStatus } from '../../../src/benchmark/benchmark-status.js';
import type { RunFactsFragment } from '../generated/graphql.js';

/** How many samples a completed run took within its time limit; empty for a run without one. */
export function timeLimitText(
  {
    maxSeconds,
    repetitions,
    untilPercent,
  }: Pick<RunFactsFragment, 'maxSeconds' | 'repetitions' | 'untilPercent'>,
  status: BenchmarkStatus,
): string {
  if (maxSeconds === null || status !== 'COMPLETED') return '';
  const least = untilPercent === null ? '' : 'at least ';
  return `Within the time limit of ${maxSeconds.toLocaleString('en')} s, ${least}${count(repetitions, 'sample')} of each cell ${repetitions === 1 ? 'was' : 'were'} measured.`;
}
