import { mean, median, sampleStandardDeviation } from 'simple-statistics';
import { type Cell, cellKey, computingAtOnce, workKey } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import { MIN_SAMPLES_FOR_INTERVAL } from '../statistics/bootstrap.js';
import { BENCHMARK_WARNINGS, type BenchmarkWarning } from '../warning.js';

/** Standard deviation over mean. */
const NOISY_VARIATION = 0.1;
/** Share of the processors that other programs used during a sample; above it the machine was busy. */
export const BUSY_SHARE = 0.1;
/** Two ticks of the clock that counts processor time (100 Hz). */
const SHORT_MS = 20;
const SHORT_DISPATCH_SHARE = 0.05;

/** The reference of the warnings of a cell. */
export interface WarningContext {
  /** Processors that the benchmark may use. */
  processors: number;
  /** The digest that every sample of the same work should have. */
  expectedDigest: string;
}

/** The warnings that apply to the samples of one cell, in the order of {@link BENCHMARK_WARNINGS}. */
export function cellWarnings(
  samples: readonly BenchmarkSample[],
  context: WarningContext,
): BenchmarkWarning[] {
  const walls = samples.map(({ wallMs }) => wallMs);
  const raised: Record<BenchmarkWarning, boolean> = {
    NOISY: isNoisy(walls),
    OVERSUBSCRIBED: samples.some((cell) => computingAtOnce(cell) > context.processors),
    // With few samples, a single one can be the end of their interval.
    BUSY_MACHINE: samples.some(({ otherCpuShare }) => (otherCpuShare ?? 0) > BUSY_SHARE),
    THROTTLED: samples.some(({ throttledMs }) => (throttledMs ?? 0) > 0),
    TOO_FEW_SAMPLES: samples.length < MIN_SAMPLES_FOR_INTERVAL,
    TOO_SHORT:
      median(walls) < SHORT_MS ||
      median(samples.map(({ dispatchMs, wallMs }) => dispatchMs / wallMs)) > SHORT_DISPATCH_SHARE,
    OUTPUT_MISMATCH: samples.some(({ outputDigest }) => outputDigest !== context.expectedDigest),
    // A doubt about a curve over cells, see `scaling`.
    TOO_FEW_POINTS: false,
  };
  return BENCHMARK_WARNINGS.filter((warning) => raised[warning]);
}

/** Whether times vary too much: the standard deviation is more than 10 % of the mean. */
export const isNoisy = (wallsMs: readonly number[]): boolean =>
  wallsMs.length > 1 && sampleStandardDeviation([...wallsMs]) / mean([...wallsMs]) > NOISY_VARIATION;

type DigestedSample = Cell & Pick<BenchmarkSample, 'outputDigest'>;

/** The keys of the void cells: those with OUTPUT_MISMATCH. */
export function voidCells(samples: readonly DigestedSample[]): Set<string> {
  const expected = expectedDigests(samples);
  const wrong = samples.filter((sample) => sample.outputDigest !== expected.get(workKey(sample)));
  return new Set(wrong.map(cellKey));
}

/** For each work, the most frequent digest of the SYNC samples; of all samples if SYNC was not measured. */
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
