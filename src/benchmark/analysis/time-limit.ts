import type { BenchmarkStatus } from '../benchmark-status.js';
import { count } from './format-numbers.js';

interface LimitedRun {
  /** Null without a limit. */
  maxSeconds: number | null;
  /** Samples of each cell. */
  repetitions: number;
  untilPercent: number | null;
}

/** How many samples a completed run took within its time limit; empty for a run without one. */
export function timeLimitText(
  { maxSeconds, repetitions, untilPercent }: LimitedRun,
  status: BenchmarkStatus,
): string {
  if (maxSeconds === null || status !== 'COMPLETED') return '';
  const least = untilPercent === null ? '' : 'at least ';
  return `Within the time limit of ${maxSeconds.toLocaleString('en')} s, ${least}${count(repetitions, 'sample')} of each cell ${repetitions === 1 ? 'was' : 'were'} measured.`;
}
