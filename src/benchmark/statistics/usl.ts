import type { Interval } from './bootstrap.js';
import { seededRandom } from './random.js';

/** Throughput at a number of workers. */
export interface ThroughputPoint {
  workers: number;
  perSecond: number;
}

/** X(N) = λN / (1 + σ(N - 1) + κN(N - 1)). */
export interface UslParameters {
  /** λ: throughput of one worker. */
  throughputOfOne: number;
  /** σ: share of the work that is serialised; 0 to 1. */
  contention: number;
  /** κ: cost of keeping each pair of workers consistent. */
  coherency: number;
}

/** Minimum number of worker counts for a fit: three parameters and one degree of freedom. */
export const MIN_USL_POINTS = 4;
const RESAMPLES = 500;
/** Passes of the reweighted fit; the weights no longer change after a few. */
const PASSES = 8;

/** Throughput by the Universal Scalability Law (Gunther, Guerrilla Capacity Planning, 2007, ch. 4 to 6). */
export const uslThroughput = (
  { throughputOfOne, contention, coherency }: UslParameters,
  workers: number,
): number =>
  (throughputOfOne * workers) / (1 + contention * (workers - 1) + coherency * workers * (workers - 1));

/**
 * Fits the Universal Scalability Law to throughputs by least squares, with contention and coherency at least 0.
 *
 * N / X(N) is linear in 1/λ, σ/λ and κ/λ. With weights (X·X̂ / N)² its squared residuals are those of the throughput
 * itself; X̂ comes from the pass before. A parameter that comes out negative is fixed at 0 (with Amdahl's law left where
 * that is the coherency). Null with fewer than {@link MIN_USL_POINTS} worker counts.
 */
export function fitUsl(points: readonly ThroughputPoint[]): UslParameters | null {
  if (new Set(points.map(({ workers }) => workers)).size < MIN_USL_POINTS) return null;
  const fits = TERM_SETS.flatMap((terms) => {
    const fit = fitTerms(points, terms);
    return fit && fit.contention >= 0 && fit.coherency >= 0 && fit.throughputOfOne > 0 ? [fit] : [];
  });
  return fits.toSorted((a, b) => squaredError(a, points) - squaredError(b, points))[0] ?? null;
}

/** Samples of the throughput at one number of workers. */
export interface ThroughputSamples {
  workers: number;
  perSecond: readonly number[];
}

/** 95 % percentile intervals of contention and coherency: the samples of every point are resampled and fitted anew. */
export function uslIntervals(
  points: readonly ThroughputSamples[],
  median: (values: number[]) => number,
): { contention: Interval; coherency: Interval } | null {
  const below = seededRandom(RESAMPLES);
  const fits: UslParameters[] = [];
  for (let draw = 0; draw < RESAMPLES; draw++) {
    const resampled = points.map(({ workers, perSecond }) => ({
      workers,
      perSecond: median(perSecond.map(() => perSecond[below(perSecond.length)] ?? 0)),
    }));
    const fit = fitUsl(resampled);
    if (fit) fits.push(fit);
  }
  if (fits.length < RESAMPLES / 2) return null;
  return {
    contention: middle95(fits.map(({ contention }) => contention)),
    coherency: middle95(fits.map(({ coherency }) => coherency)),
  };
}

/** Number of workers with the highest throughput; null where it is above 1,000 or does not exist. */
export function peakWorkers({ contention, coherency }: UslParameters): number | null {
  if (coherency <= 0) return null;
  const peak = Math.sqrt(Math.max(0, 1 - contention) / coherency);
  return peak > 1000 ? null : Math.max(1, peak);
}

type Term = (workers: number) => number;
const ONE: Term = () => 1;
const CONTENTION: Term = (n) => n - 1;
const COHERENCY: Term = (n) => n * (n - 1);
const TERM_SETS: readonly (readonly Term[])[] = [
  [ONE, CONTENTION, COHERENCY],
  [ONE, CONTENTION],
  [ONE, COHERENCY],
  [ONE],
];

function fitTerms(points: readonly ThroughputPoint[], terms: readonly Term[]): UslParameters | null {
  let predicted = points.map(({ perSecond }) => perSecond);
  let fit: UslParameters | null = null;
  for (let pass = 0; pass < PASSES; pass++) {
    const coefficients = weightedLeastSquares(
      points.map(({ workers, perSecond }, index) => ({
        row: terms.map((term) => term(workers)),
        target: workers / perSecond,
        weight: ((perSecond * (predicted[index] ?? perSecond)) / workers) ** 2,
      })),
    );
    const base = coefficients?.[0];
    if (!coefficients || !base) return null;
    const of = (term: Term) => (coefficients[terms.indexOf(term)] ?? 0) / base;
    fit = { throughputOfOne: 1 / base, contention: of(CONTENTION), coherency: of(COHERENCY) };
    const last = fit;
    predicted = points.map(({ workers }) => uslThroughput(last, workers));
  }
  return fit;
}

interface Equation {
  row: number[];
  target: number;
  weight: number;
}

/** Solves the normal equations by Gaussian elimination with pivoting; null where they are singular. */
function weightedLeastSquares(equations: readonly Equation[]): number[] | null {
  const size = equations[0]?.row.length ?? 0;
  const matrix = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) =>
      weightedSum(equations, ({ row }) => (row[i] ?? 0) * (row[j] ?? 0)),
    ),
    weightedSum(equations, ({ row, target }) => (row[i] ?? 0) * target),
  ]);
  for (let column = 0; column < size; column++) {
    const below = matrix.slice(column).map((row) => Math.abs(row[column] ?? 0));
    const pivot = column + below.indexOf(Math.max(...below));
    const [pivotRow, columnRow] = [matrix[pivot], matrix[column]];
    if (!pivotRow || !columnRow || !pivotRow[column]) return null;
    [matrix[column], matrix[pivot]] = [pivotRow, columnRow];
    for (const [index, row] of matrix.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / (pivotRow[column] ?? 1);
      matrix[index] = row.map((value, at) => value - factor * (pivotRow[at] ?? 0));
    }
  }
  return matrix.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

const weightedSum = (equations: readonly Equation[], part: (equation: Equation) => number): number =>
  equations.reduce((sum, equation) => sum + equation.weight * part(equation), 0);

const squaredError = (fit: UslParameters, points: readonly ThroughputPoint[]): number =>
  points.reduce((sum, { workers, perSecond }) => sum + (uslThroughput(fit, workers) - perSecond) ** 2, 0);

function middle95(values: number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.025);
  return { low: sorted[cut] ?? Number.NaN, high: sorted[sorted.length - 1 - cut] ?? Number.NaN };
}
