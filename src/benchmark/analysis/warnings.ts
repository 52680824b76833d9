import { mean, median, sampleStandardDeviation } from 'simple-statistics';
import { type Cell, cellKey, computingAtOnce, workKey } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import { MIN_SAMPLES_FOR_INTERVAL } from '../statistics/bootstrap.js';

export const BENCHMARK_WARNINGS = [
  'NOISY',
  'OVERSUBSCRIBED',
  'BUSY_MACHINE',
  'TOO_FEW_SAMPLES',
  'TOO_SHORT',
  'OUTPUT_MISMATCH',
] as const;
export type BenchmarkWarning = (typeof BENCHMARK_WARNINGS)[number];

/** What each warning means, for reports. */
export const WARNING_MEANINGS: Readonly<Record<BenchmarkWarning, string>> = {
  NOISY: 'the samples vary by more than 10 %',
  OVERSUBSCRIBED: 'more workers than processors, or in native code more in flight',
  BUSY_MACHINE: 'during a sample, other programs took more than 10 % of the processors',
  TOO_FEW_SAMPLES: `fewer than ${MIN_SAMPLES_FOR_INTERVAL} samples: no honest interval`,
  TOO_SHORT: 'so short that the clock or the dispatch is a visible part of it',
  OUTPUT_MISMATCH: 'not the same bytes as the other models, so the cell proves nothing',
};

/** Standard deviation over mean. */
const NOISY_VARIATION = 0.1;
const BUSY_SHARE = 0.1;
/** Two ticks of the clock that processor time is counted in (100 Hz). */
const SHORT_MS = 20;
const SHORT_DISPATCH_SHARE = 0.05;

/** What a cell's samples are judged against. */
export interface WarningContext {
  /** Processors that the benchmark may use. */
  processors: number;
  /** What every sample of the same work should have given. */
  expectedDigest: string;
}

/** The doubts that the samples of one cell raise, in the order of {@link BENCHMARK_WARNINGS}. */
export function cellWarnings(
  samples: readonly BenchmarkSample[],
  context: WarningContext,
): BenchmarkWarning[] {
  const walls = samples.map(({ wallMs }) => wallMs);
  const raised: Record<BenchmarkWarning, boolean> = {
    NOISY: walls.length > 1 && sampleStandardDeviation(walls) / mean(walls) > NOISY_VARIATION,
    OVERSUBSCRIBED: samples.some((cell) => computingAtOnce(cell) > context.processors),
    // Of few samples, a single one can be the end of their interval.
    BUSY_MACHINE: samples.some(({ otherCpuShare }) => (otherCpuShare ?? 0) > BUSY_SHARE),
    TOO_FEW_SAMPLES: samples.length < MIN_SAMPLES_FOR_INTERVAL,
    TOO_SHORT:
      median(walls) < SHORT_MS ||
      median(samples.map(({ dispatchMs, wallMs }) => dispatchMs / wallMs)) > SHORT_DISPATCH_SHARE,
    OUTPUT_MISMATCH: samples.some(({ outputDigest }) => outputDigest !== context.expectedDigest),
  };
  return BENCHMARK_WARNINGS.filter((warning) => raised[warning]);
}

/** What tells whether a cell is void. */
type DigestedSample = Cell & Pick<BenchmarkSample, 'outputDigest'>;

/** The keys of the cells that prove nothing: those that raise OUTPUT_MISMATCH. */
export function voidCells(samples: readonly DigestedSample[]): Set<string> {
  const expected = expectedDigests(samples);
  const wrong = samples.filter((sample) => sample.outputDigest !== expected.get(workKey(sample)));
  return new Set(wrong.map(cellKey));
}

/** For each work, the digest that most of SYNC's samples gave; of all samples where SYNC was not measured. */
export function expectedDigests(samples: readonly DigestedSample[]): Map<string, string> {
  const expected = new Map<string, string>();
  for (const [work, ofWork] of Map.groupBy(samples, workKey)) {
    const ofSync = ofWork.filter(({ model }) => model === 'SYNC');
    const votes = Map.groupBy(ofSync.length > 0 ? ofSync : ofWork, ({ outputDigest }) => outputDigest);
    const [winner] = [...votes].sort(([, a], [, b]) => b.length - a.length);
    if (winner) expected.set(work, winner[0]);
  }
  return expected;
}
