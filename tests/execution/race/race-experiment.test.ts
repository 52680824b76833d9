import { describe, expect, it } from '@jest/globals';
import { runRaceExperiment } from '../../../src/execution/race/race-experiment.js';
import type { RaceInput } from '../../../src/execution/race.js';

const input: RaceInput = { workers: 4, incrementsPerWorker: 20_000, repetitions: 3 };

describe('the race experiment', () => {
  it('loses nothing where increments are atomic or locked, whatever is lost otherwise', async () => {
    const { workers, results } = await runRaceExperiment(input);
    expect(workers).toBe(4);
    expect(results.map(({ variant }) => variant)).toEqual(['UNSYNCHRONIZED', 'ATOMIC', 'LOCKED']);
    for (const { variant, expected, actual, lostPercent, nanosecondsPerIncrement } of results) {
      expect(expected).toBe(80_000);
      expect(actual).toHaveLength(3);
      expect(nanosecondsPerIncrement).toBeGreaterThan(0);
      const mean = actual.reduce((sum, value) => sum + value, 0) / 3;
      expect(lostPercent).toBeCloseTo(100 - mean / 800);
      if (variant === 'UNSYNCHRONIZED') expect(Math.max(...actual)).toBeLessThanOrEqual(80_000);
      else expect(actual).toEqual([80_000, 80_000, 80_000]);
    }
  });

  it('loses nothing with one worker, and can have as many as 32', async () => {
    const alone = await runRaceExperiment({ workers: 1, incrementsPerWorker: 1_000, repetitions: 1 });
    expect(alone.results.map(({ lostPercent }) => lostPercent)).toEqual([0, 0, 0]);
    const many = await runRaceExperiment({ workers: 32, incrementsPerWorker: 100, repetitions: 1 });
    expect(many.results.slice(1).map(({ actual }) => actual)).toEqual([[3_200], [3_200]]);
  });

  it.each([
    ['workers', 0],
    ['workers', 33],
    ['workers', 1.5],
    ['workers', Number.NaN],
    ['incrementsPerWorker', 0],
    ['incrementsPerWorker', 2_500_001],
    ['incrementsPerWorker', Number.POSITIVE_INFINITY],
    ['repetitions', 0],
    ['repetitions', 21],
  ])('refuses %s = %d', async (field, value) => {
    await expect(runRaceExperiment({ ...input, [field]: value })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(`input.${field}: must be a whole number from 1 to`),
      details: { field: `input.${field}`, min: 1 },
    });
  });

  it('ends when it is aborted, and when it takes too long', async () => {
    const long: RaceInput = { workers: 4, incrementsPerWorker: 2_500_000, repetitions: 20 };
    const aborted = runRaceExperiment(long, { signal: AbortSignal.timeout(100) });
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(runRaceExperiment(long, { timeoutMs: 100 })).rejects.toMatchObject({
      details: { reason: 'TIMEOUT' },
    });
    const before = runRaceExperiment(long, { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
