import { describe, expect, it } from '@jest/globals';
import { holmAdjusted } from '../../../src/benchmark/statistics/holm.js';
import { karpFlatt } from '../../../src/benchmark/statistics/karp-flatt.js';

describe('Holm’s correction', () => {
  it('agrees with p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") of R', () => {
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, index) => {
      expect(adjusted[index]).toBeCloseTo(p, 12);
    });
  });

  it('stays at most 1, keeps a single p-value, and skips missing ones', () => {
    expect(holmAdjusted([0.6, 0.7])).toEqual([1, 1]);
    expect(holmAdjusted([0.04])).toEqual([0.04]);
    expect(holmAdjusted([null, 0.02, null, 0.03])).toEqual([null, 0.04, null, 0.04]);
  });
});

describe('Karp-Flatt', () => {
  // Quinn, Parallel Programming in C with MPI and OpenMP, 7.5: a serial part, and growing overhead.
  it.each([
    [
      [1.82, 2.5, 3.08, 3.57, 4.0, 4.38, 4.71],
      [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
    ],
    [
      [1.87, 2.61, 3.23, 3.73, 4.14, 4.46, 4.71],
      [0.07, 0.075, 0.08, 0.085, 0.09, 0.095, 0.1],
    ],
  ])('of the published speed-ups %p', (speedups, fractions) => {
    speedups.forEach((speedup, index) => {
      expect(karpFlatt(speedup, index + 2)).toBeCloseTo(fractions[index] ?? Number.NaN, 2);
    });
  });

  it('is 0 for the ideal and 1 for no gain', () => {
    expect(karpFlatt(4, 4)).toBeCloseTo(0, 12);
    expect(karpFlatt(1, 4)).toBeCloseTo(1, 12);
  });
});
