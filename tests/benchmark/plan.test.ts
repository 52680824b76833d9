import { describe, expect, it } from '@jest/globals';
import { cellKey } from '../../src/benchmark/cell.js';
import { type PlanInput, planBenchmark, remainingSamples } from '../../src/benchmark/plan.js';
import { AppError } from '../../src/errors.js';

const input = (overrides: Partial<PlanInput> = {}): PlanInput => ({
  preset: 'QUICK',
  workload: 'IMAGE',
  repetitions: 5,
  seed: 1,
  ...overrides,
});

function refusal(overrides: Partial<PlanInput>): AppError {
  try {
    planBenchmark(input(overrides));
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('The plan was accepted');
}

describe('the cells of a plan', () => {
  it('are 48 for MATRIX', () => {
    const { cells, order } = planBenchmark(input({ preset: 'MATRIX' }));
    expect(new Set(cells.map(cellKey)).size).toBe(48);
    expect(order).toHaveLength(48 * 5);
    expect(new Set(cells.map(({ imageCount }) => imageCount))).toEqual(new Set([10, 50, 100]));
    expect(new Set(cells.map(({ workers }) => workers))).toEqual(new Set([1, 2, 4, 8]));
    expect(new Set(cells.map(({ model }) => model))).toEqual(
      new Set(['SYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS']),
    );
  });

  it('are every model on few images for QUICK', () => {
    const { cells } = planBenchmark(input());
    expect(new Set(cells.map(({ model }) => model)).size).toBe(5);
    expect(cells.length * 5).toBeLessThanOrEqual(75);
  });

  it('are the product of the lists given, SYNC at each number of workers too', () => {
    const { cells } = planBenchmark(
      input({
        models: ['SYNC', 'THREADS'],
        engines: ['JIMP', 'SHARP'],
        imageCounts: [3],
        workerCounts: [1, 4],
      }),
    );
    expect(cells.map(cellKey)).toEqual([
      'SYNC/JIMP/3/1',
      'SYNC/JIMP/3/4',
      'SYNC/SHARP/3/1',
      'SYNC/SHARP/3/4',
      'THREADS/JIMP/3/1',
      'THREADS/JIMP/3/4',
      'THREADS/SHARP/3/1',
      'THREADS/SHARP/3/4',
    ]);
  });

  it('have no engine where no image is touched', () => {
    const { cells } = planBenchmark(input({ workload: 'FIBONACCI', models: ['SYNC'], workerCounts: [1] }));
    expect(cells).toEqual([{ model: 'SYNC', engine: null, imageCount: 10, workers: 1 }]);
  });
});

describe('the order of a plan', () => {
  it('holds every cell once in each repetition, repetition by repetition', () => {
    const { cells, order } = planBenchmark(input());
    for (let repetition = 0; repetition < 5; repetition++) {
      const block = order.slice(repetition * cells.length, (repetition + 1) * cells.length);
      expect(new Set(block.map((planned) => planned.repetition))).toEqual(new Set([repetition]));
      expect(block.map(({ cell }) => cellKey(cell)).sort()).toEqual(cells.map(cellKey).sort());
    }
  });

  it('is the same for the same seed, another for another, and differs between repetitions', () => {
    const keys = (seed: number) => planBenchmark(input({ seed })).order.map(({ cell }) => cellKey(cell));
    expect(keys(7)).toEqual(keys(7));
    expect(keys(7)).not.toEqual(keys(8));
    expect(keys(7).slice(0, 15)).not.toEqual(keys(7).slice(15, 30));
  });

  it('goes on with what was not measured', () => {
    const plan = planBenchmark(input());
    const measured = plan.order.slice(0, 8).map(({ cell, repetition }) => ({ ...cell, repetition }));
    expect(remainingSamples(plan, measured)).toEqual(plan.order.slice(8));
    expect(remainingSamples(plan, [])).toEqual(plan.order);
  });
});

describe('a plan refuses', () => {
  it.each<[string, Partial<PlanInput>]>([
    ['input.imageCounts[0]', { imageCounts: [0] }],
    ['input.imageCounts[0]', { imageCounts: [2.5] }],
    ['input.workerCounts[0]', { workerCounts: [Number.NaN] }],
    ['input.workerCounts[2]', { workerCounts: [1, 2, 1] }],
    ['input.models', { models: [] }],
    ['input.models[1]', { models: ['SYNC', 'SYNC'] }],
    ['input.engines', { engines: [] }],
    ['input.repetitions', { repetitions: 0 }],
  ])('bad input: %s', (field, overrides) => {
    const error = refusal(overrides);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
    expect(error.message).toContain(field);
  });

  it.each<[string, number, Partial<PlanInput>]>([
    ['maxWorkers', 10_000, { workerCounts: [1, 10_000] }],
    ['maxImageCount', 1001, { imageCounts: [1001] }],
    ['maxRepetitions', 51, { repetitions: 51 }],
    ['maxCells', 255, { imageCounts: Array.from({ length: 17 }, (_, i) => i + 1), workerCounts: [1, 2, 3] }],
    ['maxSamples', 4800, { preset: 'MATRIX', engines: ['JIMP', 'SHARP'], repetitions: 50 }],
  ])('what is beyond %s', (limit, asked, overrides) => {
    const error = refusal(overrides);
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit, asked } });
    expect(error.message).toContain(`at most ${error.details.value}, not ${asked}`);
  });
});
