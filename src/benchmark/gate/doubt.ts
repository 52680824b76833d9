import { max, median } from 'simple-statistics';
import { isNoisy } from '../analysis/cell-warnings.js';
import type { ComparisonRow } from '../analysis/comparison/comparison.js';
import { isDisturbed, undisturbedMs } from '../analysis/comparison/disturbance.js';
import { percent } from '../analysis/format-numbers.js';
import { cellKey } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import { ratioInterval } from '../statistics/bootstrap.js';

/** The fields of a sample that decide whether a slower cell is certain. */
export type JudgedSample = Pick<
  BenchmarkSample,
  'model' | 'engine' | 'imageCount' | 'workers' | 'sweep' | 'wallMs' | 'otherCpuShare'
>;

/**
 * Explains why a slower cell cannot fail a build alone; null where it can. Two things can make a cell slower although
 * the work is the same, and each is allowed for by what it can explain at most:
 *
 * - Other programs. A sample on a busy machine counts with its undisturbed time.
 * - Noise. Where the samples of a side vary too much, the low end of the 95 % interval of the slowdown counts instead
 *   of the slowdown of the medians.
 *
 * @param maxRegression 0.1: a cell that is 10 % slower is accepted
 */
export function doubtOf(
  row: ComparisonRow,
  baseline: readonly JudgedSample[],
  now: readonly JudgedSample[],
  maxRegression: number,
): string | null {
  const ofNow = ofCell(row, now);
  const before = ofCell(row, baseline).map(({ wallMs }) => wallMs);
  const after = ofNow.map(({ wallMs }) => wallMs);
  const undisturbed = ofNow.map(undisturbedMs);
  const noisy = isNoisy(before) || isNoisy(after);
  const atLeast = noisy ? leastSlowdown(before, undisturbed) : median(undisturbed) / median(before) - 1;
  if (atLeast > maxRegression) return null;
  const busy = ofNow.filter(isDisturbed).map(({ otherCpuShare }) => otherCpuShare ?? 0);
  const causes = [
    ...(busy.length > 0 ? [`other programs used up to ${percent(max(busy))} of the processors`] : []),
    ...(noisy ? ['its samples vary by more than 10 %'] : []),
  ];
  return `${causes.join(', and ')}; certain is only ${percent(Math.max(0, atLeast))}`;
}

/** A comparison with another runtime has cells of different engines. */
function ofCell(row: ComparisonRow, samples: readonly JudgedSample[]): JudgedSample[] {
  const exact = samples.filter((sample) => cellKey(sample) === cellKey(row));
  if (exact.length > 0) return exact;
  return samples.filter(
    (sample) => cellKey({ ...sample, engine: null }) === cellKey({ ...row, engine: null }),
  );
}

/** The low end of the 95 % interval of the slowdown. */
function leastSlowdown(before: readonly number[], after: readonly number[]): number {
  const ratio = ratioInterval(before, after);
  return ratio ? 1 / ratio.high - 1 : Number.NEGATIVE_INFINITY;
}
