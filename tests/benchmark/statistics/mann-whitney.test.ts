import { describe, expect, it } from '@jest/globals';
import { mannWhitneyP, smallestMannWhitneyP } from '../../../src/benchmark/statistics/mann-whitney.js';

describe('Mann-Whitney U, exact', () => {
  // scipy.stats.mannwhitneyu(a, b, method='exact'), SciPy 1.17.1.
  it.each([
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0.007936507936507936],
    [[1, 3, 5, 7, 9], [2, 4, 6, 8, 10], 0.6904761904761905],
    [[1, 2, 3, 4, 7], [5, 6, 8, 9, 10], 0.031746031746031744],
    [[12.1, 13.4, 11.8, 12.9, 15.0, 12.2], [12.5, 14.1, 13.9, 15.2, 16.0], 0.08225108225108226],
  ])('without ties: %p against %p', (first, second, expected) => {
    expect(mannWhitneyP(first, second)).toBeCloseTo(expected, 12);
    expect(mannWhitneyP(second, first)).toBeCloseTo(expected, 12);
  });

  // By counting all choices of ranks (itertools.combinations over scipy.stats.rankdata).
  it.each([
    [[1, 2, 2, 3, 3], [2, 3, 4, 4, 5], 0.1111111111111111],
    [[1, 1, 1, 2], [1, 2, 2, 3, 3, 4], 0.12380952380952381],
    [[5, 5, 5, 5, 5], [5, 5, 5, 5, 5], 1],
  ])('with ties: %p against %p', (first, second, expected) => {
    expect(mannWhitneyP(first, second)).toBeCloseTo(expected, 12);
  });

  it('has a smallest value that depends on the sample sizes', () => {
    // Of the 252 choices of 5 ranks out of 10, two are the most extreme.
    expect(smallestMannWhitneyP(5, 5)).toBeCloseTo(2 / 252, 12);
    expect(smallestMannWhitneyP(3, 3)).toBeCloseTo(2 / 20, 12);
  });
});

describe('Mann-Whitney U, normal approximation', () => {
  const first = Array.from({ length: 30 }, (_, i) => Number((100 + ((i * 37) % 50) * 0.9).toFixed(1)));
  const second = Array.from({ length: 25 }, (_, i) => Number((104 + ((i * 29) % 50) * 0.9).toFixed(1)));

  it('agrees with scipy.stats.mannwhitneyu(method="asymptotic")', () => {
    expect(mannWhitneyP(first, second)).toBeCloseTo(0.39332344530521846, 6);
  });

  it('is 1 where all are equal', () => {
    const equal = new Array(30).fill(7);
    expect(mannWhitneyP(equal, equal)).toBe(1);
  });
});
