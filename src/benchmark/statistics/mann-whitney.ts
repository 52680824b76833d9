import { errorFunction } from 'simple-statistics';

/** Up to this many samples on each side the p-value is exact; beyond, the normal approximation is good. */
const MAX_EXACT_SAMPLES = 20;

/**
 * Two-sided p-value of the Mann-Whitney U test: how likely two sets of samples of one distribution are to
 * differ in rank by at least this much (Mann and Whitney, Annals of Mathematical Statistics 18, 1947).
 *
 * Small sets: exact, by the permutation distribution of the rank sum given the ties, twice the smaller tail.
 * Large sets: normal approximation with corrections for ties and continuity (Lehmann, Nonparametrics, 1.3-1.4).
 */
export function mannWhitneyP(first: readonly number[], second: readonly number[]): number {
  const ranks = doubledMidranks(first, second);
  const rankSum = ranks.slice(0, first.length).reduce((sum, rank) => sum + rank, 0);
  return Math.max(first.length, second.length) <= MAX_EXACT_SAMPLES
    ? exactP(ranks, first.length, rankSum)
    : normalP(ranks, first.length, second.length, rankSum);
}

/** The smallest possible p-value for sets of these sizes. */
export function smallestMannWhitneyP(firstSize: number, secondSize: number): number {
  const values = Array.from({ length: firstSize + secondSize }, (_, index) => index);
  return mannWhitneyP(values.slice(0, firstSize), values.slice(firstSize));
}

/** Twice the rank of each value among all, so that the mean rank of tied values stays a whole number. */
function doubledMidranks(first: readonly number[], second: readonly number[]): number[] {
  const all = [...first, ...second];
  return all.map((value) => {
    const less = all.filter((other) => other < value).length;
    const equal = all.filter((other) => other === value).length;
    return 2 * less + equal + 1;
  });
}

/**
 * Counts for each rank sum the choices of `size` ranks that have it (the shift algorithm: Streitberg and Röhmel,
 * Exact Distributions for Permutation and Rank Tests, Statistical Software Newsletter 12, 1986).
 */
function exactP(ranks: readonly number[], size: number, observed: number): number {
  const maxSum = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(maxSum + 1));
  const emptyChoice = ways[0];
  if (emptyChoice) emptyChoice[0] = 1;
  for (const rank of ranks) {
    for (let chosen = size; chosen > 0; chosen--) {
      const [from, to] = [ways[chosen - 1], ways[chosen]];
      if (!from || !to) continue;
      for (let sum = maxSum; sum >= rank; sum--) to[sum] = (to[sum] ?? 0) + (from[sum - rank] ?? 0);
    }
  }
  const counts = ways[size] ?? new Float64Array();
  const total = counts.reduce((sum, count) => sum + count, 0);
  const atMost = counts.subarray(0, observed + 1).reduce((sum, count) => sum + count, 0);
  const atLeast = counts.subarray(observed).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / total);
}

function normalP(ranks: readonly number[], n: number, m: number, doubledRankSum: number): number {
  const u = doubledRankSum / 2 - (n * (n + 1)) / 2;
  const total = n + m;
  const tieSizes = new Map<number, number>();
  for (const rank of ranks) tieSizes.set(rank, (tieSizes.get(rank) ?? 0) + 1);
  const tieTerm = [...tieSizes.values()].reduce((sum, t) => sum + (t ** 3 - t), 0) / (total * (total - 1));
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - tieTerm));
  if (deviation === 0) return 1;
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / deviation;
  return Math.min(1, Math.max(0, 1 - errorFunction(z / Math.SQRT2)));
}
