import { expect, it } from '@jest/globals';
import { raise } from '../../../../src/benchmark/measure/meters/memory-sampler.js';

it('a peak that is reset while memory is read stays reset', () => {
  const peak = Float64Array.of(900);
  raise(peak, () => 700);
  expect(peak[0]).toBe(900);
  raise(peak, () => {
    peak[0] = 0;
    return 500;
  });
  expect(peak[0]).toBe(500);
});
