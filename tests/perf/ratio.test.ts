import { expect, it } from '@jest/globals';
import { meanRatio, meanRatioWithoutStart } from '../../perf/ratio/hyperfine.js';

it('computes a ratio of means with its deviation by propagation of errors', () => {
  // Means 200 and 100, standard deviations 2 and 1: each 1 %.
  const { value, deviation } = meanRatio([198, 200, 202], [99, 100, 101]);
  expect(value).toBe(2);
  expect(deviation).toBeCloseTo(2 * Math.sqrt(0.01 ** 2 + 0.01 ** 2), 12);
});

it('subtracts the start of the programs before it divides', () => {
  const { value, deviation } = meanRatioWithoutStart(
    { whole: [248, 250, 252], startOnly: [50, 50, 50] },
    { whole: [139, 140, 141], startOnly: [40, 40, 40] },
  );
  expect(value).toBe(2);
  expect(deviation).toBeCloseTo(2 * Math.sqrt(0.01 ** 2 + 0.01 ** 2), 12);
});
