import { describe, expect, it } from '@jest/globals';
import { cellKey, toCell } from '../../src/benchmark/cell.js';
import {
  block,
  cellProgress,
  cellsOf,
  MAX_REPETITIONS,
  type PlacedSample,
  planBenchmark,
} from '../../src/benchmark/plan.js';
import { checkedLists, DEFAULT_PLAN_LIMITS, type ListsInput } from '../../src/benchmark/plan-input.js';
import { AXES, SWEEP_AXES, type SweepAxis } from '../../src/benchmark/sweep.js';
import { CONCURRENCY_MODELS } from '../../src/execution/model.js';

const INPUT: ListsInput = { preset: 'MATRIX', workload: 'IMAGE', repetitions: 5 };
const lists = (overrides: Partial<ListsInput> = {}, processors = 4) =>
  checkedLists({ ...INPUT, ...overrides }, DEFAULT_PLAN_LIMITS, processors);
const cells = (overrides: Partial<ListsInput> = {}, processors = 4) =>
  cellsOf(lists(overrides, processors), overrides.workload ?? 'IMAGE');
const plan = (overrides: Partial<Parameters<typeof planBenchmark>[0]> = {}) =>
  planBenchmark({ lists: lists(), workload: 'IMAGE', repetitions: 3, seed: 1, ...overrides });
const keys = (planned: ReturnType<typeof block>) => planned.map(({ cell }) => cellKey(cell));

describe('the cells of a plan', () => {
  it('are the 48 of MATRIX', () => {
    expect(new Set(cells().map(cellKey)).size).toBe(48);
  });

  it.each([
    [1, [2]],
    [2, [2]],
    [8, [2, 8]],
    [64, [2, 16]],
  ])(
    'are those of QUICK on %d processors: workers %j, and SYNC once for each engine',
    (processors, workers) => {
      const quick = cells({ preset: 'QUICK' }, processors);
      const of = (model: string) => quick.filter((cell) => cell.model === model);
      expect(of('SYNC').map(({ engine }) => engine)).toEqual(['JIMP', 'SHARP']);
      expect([...new Set(of('THREADS').map((cell) => cell.workers))]).toEqual(workers);
      expect(new Set(quick.map(({ model }) => model)).size).toBe(CONCURRENCY_MODELS.length);
    },
  );

  it('are multiplied where lists are given', () => {
    const given = cells({
      preset: 'QUICK',
      models: ['SYNC', 'THREADS'],
      workerCounts: [1, 3],
      engines: ['JIMP'],
    });
    expect(given.map(({ model, workers }) => `${model}${workers}`)).toEqual([
      'SYNC1',
      'SYNC3',
      'THREADS1',
      'THREADS3',
    ]);
  });

  it('have no engine for FIBONACCI', () => {
    expect(new Set(cells({ workload: 'FIBONACCI' }).map(({ engine }) => engine))).toEqual(new Set([null]));
  });

  it('are measured at every value of a sweep', () => {
    const swept = cells({ sweep: { axis: 'LOCK_SHARE', values: [0, 0.5, 1] }, imageCounts: [10] });
    expect(swept).toHaveLength(48);
    expect(new Set(swept.map(cellKey)).size).toBe(48);
    expect(new Set(swept.map(({ sweep }) => sweep?.value))).toEqual(new Set([0, 0.5, 1]));
  });
});

describe('the order of the samples', () => {
  it('has every cell once in each repetition, in another order each time', () => {
    const [first, second] = [block(plan(), 0, []), block(plan(), 1, [])];
    expect(keys(first).toSorted()).toEqual(plan().cells.map(cellKey).toSorted());
    expect(keys(second).toSorted()).toEqual(keys(first).toSorted());
    expect(keys(second)).not.toEqual(keys(first));
    expect(block(plan(), 3, [])).toEqual([]);
  });

  it('follows from the seed', () => {
    expect(block(plan(), 0, [])).toEqual(block(plan(), 0, []));
    expect(keys(block(plan({ seed: 2 }), 0, []))).not.toEqual(keys(block(plan(), 0, [])));
  });
});

describe('adaptive repetitions', () => {
  const adaptive = plan({
    lists: { models: ['SYNC', 'THREADS'], engines: ['JIMP'], imageCounts: [10], workerCounts: [2] },
    repetitions: 5,
    untilPercent: 5,
  });
  const [steady, noisy] = adaptive.cells;
  if (!steady || !noisy) throw new Error('There are two cells');
  const samples = (cell: typeof steady, wallTimes: number[]): PlacedSample[] =>
    wallTimes.map((wallMs, repetition) => ({ ...toCell(cell), wallMs, repetition }));
  const NOISY = [100, 120, 90, 130, 80];

  it('continue only for cells whose interval is wider', () => {
    const measured = [...samples(steady, [100, 101, 99, 100, 100]), ...samples(noisy, NOISY)];
    expect(keys(block(adaptive, 4, measured))).toHaveLength(2);
    expect(keys(block(adaptive, 5, measured))).toEqual([cellKey(noisy)]);
  });

  it('end at 50 samples', () => {
    const many = Array.from({ length: MAX_REPETITIONS }, (_, index) => NOISY[index % 5] ?? 0);
    expect(block(adaptive, MAX_REPETITIONS, samples(noisy, many))).toEqual([]);
    expect(cellProgress(adaptive, many)).toBe(1);
  });

  it('never lower the progress of a cell', () => {
    const walls: number[] = [];
    let last = 0;
    for (let i = 0; i < MAX_REPETITIONS; i++) {
      walls.push(NOISY[i % 5] ?? 0);
      const progress = cellProgress(adaptive, walls);
      expect(progress).toBeGreaterThanOrEqual(last);
      last = progress;
    }
    expect(last).toBe(1);
  });
});

describe('a request', () => {
  it.each<[string, Partial<ListsInput>]>([
    ['input.imageCounts[0]', { imageCounts: [0] }],
    ['input.imageCounts[1]', { imageCounts: [1, 1.5] }],
    ['input.workerCounts[1]', { workerCounts: [1, 1] }],
    ['input.workerCounts[0]', { workerCounts: [-1] }],
    ['input.models', { models: [] }],
    ['input.models[0]', { models: ['FOO' as never] }],
    ['input.engines[0]', { engines: ['GIMP' as never] }],
    ['input.repetitions', { repetitions: 0 }],
    ['input.untilPercent', { untilPercent: 0 }],
    ['input.untilPercent', { untilPercent: Number.NaN }],
    ['input.seed', { seed: -1 }],
    ['input.seed', { seed: 2 ** 31 }],
  ])('with a wrong %s is rejected', (field, overrides) => {
    expect(() => lists(overrides)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', details: expect.objectContaining({ field }) }),
    );
  });

  it.each<[string, Partial<ListsInput>]>([
    ['maxWorkers', { workerCounts: [17] }],
    ['maxImageCount', { imageCounts: [1001] }],
    ['maxRepetitions', { repetitions: 51 }],
    ['maxCells', { imageCounts: Array.from({ length: 16 }, (_, i) => i + 1) }],
    [
      'maxSweepValues',
      { sweep: { axis: 'CHUNK_SIZE', values: Array.from({ length: 13 }, (_, i) => i + 1) } },
    ],
  ])('beyond %s is rejected', (limit, overrides) => {
    expect(() => lists(overrides)).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', details: expect.objectContaining({ limit }) }),
    );
  });

  it('is checked for samples too', () => {
    const limits = { ...DEFAULT_PLAN_LIMITS, maxSamples: 100 };
    expect(() => checkedLists(INPUT, limits, 2)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });
});

describe.each(SWEEP_AXES)('a sweep over %s', (axis: SweepAxis) => {
  const { min, max, workloads, changes } = AXES[axis];
  const workload = workloads[0] ?? 'IMAGE';
  const swept = (values: number[], overrides: Partial<ListsInput> = {}) =>
    lists({ workload, sweep: { axis, values }, imageCounts: [10], workerCounts: [2], ...overrides });

  it('accepts the ends of its range and rejects what is outside', () => {
    expect(swept([min, max]).sweep?.values).toEqual([min, max]);
    for (const value of [min - 1, max + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => swept([value])).toThrow(
        expect.objectContaining({ details: expect.objectContaining({ field: 'input.sweep.values[0]' }) }),
      );
    }
    expect(() => swept([])).toThrow('input.sweep.values');
    expect(() => swept([max, max])).toThrow('input.sweep.values[1]');
  });

  it('needs a model that it changes', () => {
    const others = CONCURRENCY_MODELS.filter((model) => !changes.includes(model));
    if (others.length > 0) expect(() => swept([max], { models: others })).toThrow('input.models');
    expect(() => swept([max], { models: [...changes] })).not.toThrow();
  });

  it('names the possible axes for another workload', () => {
    for (const other of (['IMAGE', 'FIBONACCI'] as const).filter((one) => !workloads.includes(one))) {
      expect(() => swept([max], { workload: other })).toThrow(/axes for (IMAGE|FIBONACCI): .*LOCK_SHARE/);
    }
  });
});
