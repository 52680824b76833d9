import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { medianInterval, ratioInterval } from '../../../src/benchmark/statistics/bootstrap.js';
import { assertProperty } from '../../support/property.js';

const X = [98, 101, 99.5, 103, 97, 100, 102, 105, 99, 100.5];
const Y = [51, 49, 50.5, 52, 48, 50, 53, 49.5, 51.5, 50.2];

describe('the bootstrap interval of a median', () => {
  // The median of resamples of n is at most the k-th smallest with P(Binomial(n, k/n) >= (n + 1) / 2), so the
  // interval of an odd number of samples is known exactly.
  it.each([
    [5, 1, 5],
    [7, 2, 6],
    [9, 2, 8],
    [11, 3, 9],
  ])('of %d samples goes from the one in place %d to the one in place %d', (size, low, high) => {
    const samples = Array.from({ length: size }, (_, index) => 10 * (index + 1));
    expect(medianInterval(samples.toReversed())).toEqual({ low: 10 * low, high: 10 * high });
  });

  it('takes the mean of the two in the middle for an even number', () => {
    // Of a million resamples by numpy, 0.9 % had a median of 10 at most, and 3.5 % one of 15 at most.
    expect(medianInterval([10, 20, 30, 40, 50, 60])).toEqual({ low: 15, high: 55 });
  });

  it('is the one of all sorted draws, also with equal samples', () => {
    const sample = fc.oneof(fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.constantFrom(1, 2, 3));
    assertProperty(
      fc.property(fc.array(sample, { minLength: 5, maxLength: 40 }), (samples) => {
        // The ratio to a median that is always 1 is computed draw by draw.
        expect(medianInterval(samples)).toEqual(ratioInterval(samples, [1, 1, 1, 1, 1]));
      }),
    );
  });

  it('does not exist for fewer than five', () => {
    expect(medianInterval([1, 2, 3, 4])).toBeNull();
  });
});

describe('the bootstrap interval of a ratio of medians', () => {
  it('agrees with scipy.stats.bootstrap (percentile, 200,000 resamples)', () => {
    const { low, high } = ratioInterval(X, Y) ?? { low: Number.NaN, high: Number.NaN };
    expect(Math.abs(low - 1.9366)).toBeLessThan(0.01);
    expect(Math.abs(high - 2.0406)).toBeLessThan(0.01);
  });

  it('is the same every time, and draws both sides on their own', () => {
    expect(ratioInterval(X, X)).toEqual(ratioInterval(X, X));
    expect(ratioInterval(X, X)?.low).toBeLessThan(1);
    expect(ratioInterval(X, X)?.high).toBeGreaterThan(1);
  });

  it('does not exist for fewer than five on either side', () => {
    expect(ratioInterval(X, [1, 2])).toBeNull();
    expect(ratioInterval([], X)).toBeNull();
  });
});
