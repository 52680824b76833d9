import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { medianInterval } from '../../../../src/benchmark/statistics/bootstrap.js';
import { LONGEST_S, withinBudget } from '../../../../web/lab/lessons/budget.model.js';

const planned = fc.record({
  totalCells: fc.integer({ min: 1, max: 6 }),
  repetitions: fc.integer({ min: 5, max: 9 }),
  secondsOfSample: fc.double({ min: 0.01, max: 20, noNaN: true }),
});

describe('the samples of a lesson', () => {
  it('are at least 5 of each cell, and more where half a minute allows it', () => {
    fc.assert(
      fc.property(planned, ({ totalCells, repetitions, secondsOfSample }) => {
        const totalSamples = totalCells * repetitions;
        const plan = {
          totalCells,
          totalSamples,
          estimatedSeconds: totalSamples * secondsOfSample,
          warnings: [],
        };
        const fitted = withinBudget(plan);
        expect(fitted.repetitions).toBeGreaterThanOrEqual(5);
        expect(fitted.totalSamples).toBe(totalCells * fitted.repetitions);
        expect(fitted.estimatedSeconds).toBeCloseTo(fitted.totalSamples * secondsOfSample, 6);
        if (fitted.repetitions > 5) expect(fitted.estimatedSeconds).toBeLessThanOrEqual(LONGEST_S);
      }),
    );
  });

  it.each([
    [5, 7],
    [9, 9],
  ])(
    'are enough for one that took much longer before the duration is known: %i planned are %i',
    (planned, repetitions) => {
      const plan = { totalCells: 2, totalSamples: 2 * planned, estimatedSeconds: null, warnings: [] };
      expect(withinBudget(plan)).toEqual({ ...plan, totalSamples: 2 * repetitions, repetitions });
      const steady = Array.from({ length: repetitions - 1 }, (_, index) => 100 + index);
      expect(medianInterval([...steady, 900])?.high).toBeLessThan(110);
    },
  );
});
