import { seededRandom, seedFrom } from './random.js';

/** In the unit of the samples, or of their ratio. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * With fewer samples, no 95 % interval of a median exists: the whole range of 4 covers it in 87.5 % of cases, that of
 * 5 in 93.75 % (1 - 2 x 0.5^n; David and Nagaraja, Order Statistics, 7.1).
 */
export const MIN_SAMPLES_FOR_INTERVAL = 5;

/** Efron and Tibshirani, An Introduction to the Bootstrap, 19.3: at least 1,000 for percentile intervals. */
const RESAMPLES = 2000;
/** Draws outside the interval, on each side. */
const CUT = Math.floor(RESAMPLES * 0.025);

/**
 * The 95 % percentile interval of the median of the samples (Efron, Bootstrap Methods: Another Look at the
 * Jackknife, Annals of Statistics 7, 1979), or null with too few. The same samples give the same interval.
 */
export function medianInterval(samples: readonly number[]): Interval | null {
  if (samples.length < MIN_SAMPLES_FOR_INTERVAL) return null;
  const sorted = Float64Array.from(samples).sort();
  const medians = middleRanks(sorted.length, 'NUMERATOR').pairs.map(({ lower, upper, draws }) => ({
    median: middle(sorted, lower, upper),
    draws,
  }));
  medians.sort((a, b) => a.median - b.median);
  const at = (position: number) => {
    let before = 0;
    for (const { median, draws } of medians) {
      before += draws;
      if (before > position) return median;
    }
    return Number.NaN;
  };
  return { low: at(CUT), high: at(RESAMPLES - 1 - CUT) };
}

/**
 * The 95 % interval of median(numerator) / median(denominator), each resampled on its own (Efron and
 * Tibshirani, 8.3), or null with too few samples on either side.
 */
export function ratioInterval(numerator: readonly number[], denominator: readonly number[]): Interval | null {
  if (Math.min(numerator.length, denominator.length) < MIN_SAMPLES_FOR_INTERVAL) return null;
  const under = resampledMedians(denominator, 'DENOMINATOR');
  return percentileInterval(
    resampledMedians(numerator, 'NUMERATOR').map((over, index) => over / (under[index] ?? Number.NaN)),
  );
}

/** Between them lie 95 % of the draws. */
function percentileInterval(draws: Float64Array): Interval {
  const sorted = draws.sort();
  return { low: sorted[CUT] ?? Number.NaN, high: sorted[RESAMPLES - 1 - CUT] ?? Number.NaN };
}

function resampledMedians(samples: readonly number[], stream: Stream): Float64Array {
  const sorted = Float64Array.from(samples).sort();
  const { lower, upper } = middleRanks(sorted.length, stream);
  const medians = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw++) {
    medians[draw] = middle(sorted, lower[draw] ?? 0, upper[draw] ?? 0);
  }
  return medians;
}

function middle(sorted: Float64Array, lower: number, upper: number): number {
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
}

/** Keeps the draws of the two sides of a ratio independent. */
type Stream = 'NUMERATOR' | 'DENOMINATOR';

/** For every resample, the ranks of its two middle values; equal for odd sizes. */
interface MiddleRanks {
  lower: Uint32Array;
  upper: Uint32Array;
  /** The different ones, and how often each was drawn: few, so that an interval sorts tens of medians, not thousands. */
  pairs: { lower: number; upper: number; draws: number }[];
}

/** The drawn ranks do not depend on the values, so they are drawn once for each size. */
const drawnRanks = new Map<string, MiddleRanks>();

function middleRanks(size: number, stream: Stream): MiddleRanks {
  const key = `${stream}/${size}`;
  const known = drawnRanks.get(key);
  if (known) return known;

  const below = seededRandom(seedFrom(key));
  const [lower, upper] = [new Uint32Array(RESAMPLES), new Uint32Array(RESAMPLES)];
  // How often each rank was drawn. Counting is faster than sorting, and a page needs new sizes while samples arrive.
  const counts = new Uint32Array(size);
  for (let draw = 0; draw < RESAMPLES; draw++) {
    counts.fill(0);
    for (let i = 0; i < size; i++) {
      const rank = below(size);
      counts[rank] = (counts[rank] ?? 0) + 1;
    }
    lower[draw] = rankAt((size - 1) >> 1, counts);
    upper[draw] = rankAt(size >> 1, counts);
  }
  const ranks = { lower, upper, pairs: differentPairs(lower, upper) };
  drawnRanks.set(key, ranks);
  return ranks;
}

function differentPairs(lower: Uint32Array, upper: Uint32Array): MiddleRanks['pairs'] {
  const draws = Array.from(lower, (low, draw) => ({ lower: low, upper: upper[draw] ?? low }));
  const groups = Map.groupBy(draws, (ranks) => `${ranks.lower}/${ranks.upper}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, draws: 1 + others.length }],
  );
}

/** The rank at a position of the sorted draws. */
function rankAt(position: number, counts: Uint32Array): number {
  let before = 0;
  for (let rank = 0; rank < counts.length; rank++) {
    before += counts[rank] ?? 0;
    if (before > position) return rank;
  }
  return 0;
}
