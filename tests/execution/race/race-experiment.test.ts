import { describe, expect, it } from '@jest/globals';
import { runRaceExperiment } from '../../../src/execution/race/race-experiment.js';
import { RACE_VARIANTS, type RaceInput, type RaceResult } from '../../../src/execution/race.js';

const input: RaceInput = { workers: 4, incrementsPerWorker: 20_000, repetitions: 3, minimumMs: 0 };
const synchronized = (results: RaceResult[]) => results.filter(({ variant }) => variant !== 'UNSYNCHRONIZED');

describe('the race experiment', () => {
  it('loses no increment in any variant but UNSYNCHRONIZED', async () => {
    const { workers, results } = await runRaceExperiment(input);
    expect(workers).toBe(4);
    expect(results.map(({ variant }) => variant)).toEqual([...RACE_VARIANTS]);
    for (const result of results) {
      expect(result).toMatchObject({ expected: 80_000, actual: expect.any(Array) });
      expect(result.actual).toHaveLength(3);
      expect(Math.max(...result.actual)).toBeLessThanOrEqual(80_000);
      expect(result.nanosecondsPerIncrement).toBeGreaterThan(0);
      expect(result.lostPercentMax).toBeCloseTo(100 - Math.min(...result.actual) / 800);
    }
    for (const { actual } of synchronized(results)) expect(actual).toEqual([80_000, 80_000, 80_000]);
  });

  it('multiplies the increments of all variants by one factor until the race lasts minimumMs', async () => {
    const short: RaceInput = { workers: 2, incrementsPerWorker: 1_000, repetitions: 1, minimumMs: 20 };
    const { results } = await runRaceExperiment(short);
    const [first] = results;
    expect(first?.expected).toBeGreaterThan(2_000);
    for (const { expected } of results) expect(expected).toBe(first?.expected);
    for (const { expected, actual } of synchronized(results)) expect(actual).toEqual([expected]);
    const race = first?.readings ?? [];
    expect(race.length).toBeLessThanOrEqual(200);
    expect(race.map(({ ms }) => ms)).toEqual(race.map(({ ms }) => ms).toSorted((a, b) => a - b));
    for (const { value } of race) expect(value).toBeLessThanOrEqual(Number(first?.expected));
  });

  it('runs with one worker, which cannot overlap, and with 32', async () => {
    const alone = await runRaceExperiment({ ...input, workers: 1, incrementsPerWorker: 1_000 });
    for (const result of alone.results) expect(result).toMatchObject({ lostPercent: 0, overlapPercent: 0 });
    const many = await runRaceExperiment({ ...input, workers: 32, incrementsPerWorker: 100, repetitions: 1 });
    for (const { actual } of synchronized(many.results)) expect(actual).toEqual([3_200]);
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
    ['minimumMs', -1],
    ['minimumMs', 1_001],
  ])('rejects %s = %d', async (field, value) => {
    await expect(runRaceExperiment({ ...input, [field]: value })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(`input.${field}: must be a whole number from`),
      details: { field: `input.${field}`, min: field === 'minimumMs' ? 0 : 1 },
    });
  });

  it('ends when it is aborted, and at its time limit', async () => {
    const long: RaceInput = { workers: 4, incrementsPerWorker: 2_500_000, repetitions: 20, minimumMs: 0 };
    const aborted = runRaceExperiment(long, { signal: AbortSignal.timeout(100) });
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(runRaceExperiment(long, { timeoutMs: 100 })).rejects.toMatchObject({
      details: { reason: 'TIMEOUT' },
    });
    const before = runRaceExperiment(long, { signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
