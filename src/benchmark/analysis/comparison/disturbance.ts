import { median } from 'simple-statistics';
import type { BenchmarkSample } from '../../sample.js';
import type { Interval } from '../../statistics/bootstrap.js';
import type { Doubt } from '../../warning.js';
import { BUSY_SHARE } from '../cell-warnings.js';
import { percent } from '../format-numbers.js';

/** What other programs can have done to the time of a sample. */
export type DisturbedSample = Pick<BenchmarkSample, 'wallMs' | 'otherCpuShare'>;

export const isDisturbed = ({ otherCpuShare }: DisturbedSample): boolean => (otherCpuShare ?? 0) > BUSY_SHARE;

/**
 * The least time that a sample would have taken without the other programs. While they used the share s of the
 * processors, the cell had at least 1 - s of what it would have had alone, on a scheduler that leaves no processor idle.
 */
export const undisturbedMs = (sample: DisturbedSample): number =>
  isDisturbed(sample) ? sample.wallMs * (1 - (sample.otherCpuShare ?? 0)) : sample.wallMs;

/** Finding about two cells, without regard to other programs. */
interface Difference {
  /** Interval of the ratio of baseline over candidate. */
  ratio: Interval;
  verdict: 'FASTER' | 'SLOWER';
  /** The ratios that are no difference. */
  equal: Interval;
}

/**
 * The doubt about a difference between two cells that other programs can explain; null where they cannot. They can if the
 * interval no longer excludes equal times once it is corrected for what they did to the median of each side. Only the
 * median is corrected: with few samples, a single one on a busy machine would widen the interval too much.
 */
export function disturbanceDoubt(
  before: readonly DisturbedSample[],
  after: readonly DisturbedSample[],
  { ratio, verdict, equal }: Difference,
): Doubt | null {
  if (![...before, ...after].some(isDisturbed)) return null;
  const correction = speedOf(before) / speedOf(after);
  if (verdict === 'FASTER' ? ratio.low * correction > equal.high : ratio.high * correction < equal.low) {
    return null;
  }
  return {
    warning: 'BUSY_MACHINE',
    meaning: `Other programs can explain this difference: they used ${shareText(before)} of the processors during the baseline and ${shareText(after)} during the candidate (medians).`,
    advice: 'Repeat both on an idle machine, one right after the other.',
  };
}

/** At least this share of the speed of an idle machine was left, 0 to 1. */
const speedOf = (samples: readonly DisturbedSample[]): number =>
  median(samples.map(undisturbedMs)) / median(samples.map(({ wallMs }) => wallMs));

const shareText = (samples: readonly DisturbedSample[]): string =>
  percent(median(samples.map(({ otherCpuShare }) => otherCpuShare ?? 0)));
