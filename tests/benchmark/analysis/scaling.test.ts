import { describe, expect, it } from '@jest/globals';
import { summariseCells } from '../../../src/benchmark/analysis/cell-summary.js';
import { noiseFloor } from '../../../src/benchmark/analysis/noise-floor.js';
import { fitScaling } from '../../../src/benchmark/analysis/scaling.js';
import type { Cell } from '../../../src/benchmark/cell.js';
import type { ConcurrencyModel } from '../../../src/execution/model.js';
import { around, samplesOf } from '../samples.js';

/** Cells of a model with these medians by number of workers. */
function measured(medians: Partial<Record<ConcurrencyModel, Record<number, number>>>, processors: number) {
  const all = Object.entries(medians).flatMap(([model, byWorkers]) =>
    Object.entries(byWorkers).map(([workers, median]) => ({
      cell: { model, engine: 'JIMP', imageCount: 10, workers: Number(workers) } as Cell,
      median,
    })),
  );
  return summariseCells(
    all.map(({ cell }) => cell),
    all.flatMap(({ cell, median }) => samplesOf(cell, around(median))),
    processors,
  );
}

function verdicts(medians: Parameters<typeof measured>[0], processors: number) {
  const fits = fitScaling(measured(medians, processors), [], processors);
  return Object.fromEntries(fits.map((fit) => [fit.model, fit]));
}

describe('scaling', () => {
  it('gives the serial fraction from two workers up to the processors there are', () => {
    const { THREADS } = verdicts({ SYNC: { 1: 1000 }, THREADS: { 1: 1000, 2: 550, 4: 325, 8: 320 } }, 4);
    expect(THREADS?.serialFraction.map(({ workers }) => workers)).toEqual([2, 4]);
    expect(THREADS?.serialFraction[0]?.value).toBeCloseTo(0.1, 6);
    expect(THREADS?.serialFraction[1]?.value).toBeCloseTo(0.1, 6);
    expect(THREADS?.verdict).toBe(
      'Scales well: 3.08x SYNC with 4 workers (95 % interval 3.03x to 3.12x), 77 % of the ideal. That equals 10 % serial ' +
        'work (Karp-Flatt metric, which includes overhead and the limits of the machine). The serial share is constant, ' +
        'which points to a serial part of the work. More workers than the 4 processors change nothing: 3.13x SYNC with 8 ' +
        '(95 % interval 3.08x to 3.17x).',
    );
  });

  it.each([
    [{ 2: 510 }, /^Scales almost linearly: 1\.96x SYNC with 2 workers/],
    [{ 2: 495 }, /^Scales linearly: 2\.02x .*, 101 % of the ideal\.$/],
    [{ 2: 470 }, /^Scales more than linearly: 2\.13x/],
    [{ 2: 800 }, /^Scales partly: 1\.25x .* 60 % serial work \(Karp-Flatt metric/],
    [{ 2: 950 }, /^Hardly scales: 1\.05x .* 90 % serial work/],
    [{ 2: 1200 }, /^Slower than SYNC: 0\.83x/],
    [{ 2: 550, 4: 480 }, /The serial share grows with the workers/],
    [{ 2: 700, 4: 350 }, /The serial share falls with the workers/],
    [{ 4: 260, 8: 400 }, /More workers than the 4 processors are slower: 2\.50x SYNC with 8/],
    [{ 4: 260, 8: 200 }, /More workers than the 4 processors are still faster/],
    [{ 1: 1000, 8: 260 }, /^No verdict: no cell has between 2 workers and the 4 processors/],
  ])('says of %p', (medians, expected) => {
    expect(verdicts({ SYNC: { 1: 1000 }, PROCESSES: medians }, 4).PROCESSES?.verdict).toMatch(expected);
  });

  it.each([990, 1010, 1018])(
    'finds no difference between %d ms and SYNC, and states the largest possible gain',
    (median) => {
      expect(verdicts({ SYNC: { 1: 1000 }, THREADS: { 2: median } }, 4).THREADS?.verdict).toMatch(
        /^No measurable difference from SYNC: .*, a gain of [013] % at most\.$/,
      );
    },
  );

  it('says nothing about a trend, or about more workers, within the noise', () => {
    const scattered = (cell: Partial<Cell>, median: number) =>
      samplesOf(
        cell,
        [0.7, 0.9, 1, 1.1, 1.3].map((part) => median * part),
      );
    const cell = { model: 'THREADS', engine: 'JIMP', imageCount: 10 } as const;
    const samples = [
      ...samplesOf({ ...cell, model: 'SYNC', workers: 1 }, around(1000)),
      ...[550, 360, 330].flatMap((median, power) =>
        scattered({ ...cell, workers: 2 ** (power + 1) }, median),
      ),
    ];
    const cells = summariseCells(
      [2, 4, 8].map((workers) => ({ ...cell, workers })),
      samples,
      4,
    );
    expect(fitScaling(cells, [], 4)[0]?.verdict).toMatch(
      /^Scales partly: .* of the ideal\. That equals [^.]*\.$/,
    );
  });

  it('has no verdict without an interval', () => {
    const cell = { model: 'THREADS', engine: 'JIMP', imageCount: 10, workers: 2 } as const;
    const samples = [...samplesOf({ ...cell, model: 'SYNC' }, [100]), ...samplesOf(cell, [50])];
    expect(fitScaling(summariseCells([cell], samples, 4), [], 4)[0]?.verdict).toBe(
      'No verdict: too few samples for an interval.',
    );
  });

  it('needs SYNC as the baseline', () => {
    const { THREADS } = verdicts({ THREADS: { 2: 500 } }, 4);
    expect(THREADS).toMatchObject({ serialFraction: [], verdict: expect.stringMatching(/no baseline/) });
  });

  it('uses no void cell', () => {
    const cell = { engine: 'JIMP', imageCount: 10, workers: 2 } as const;
    const [sync, threads] = [{ ...cell, model: 'SYNC' } as const, { ...cell, model: 'THREADS' } as const];
    const strange = { ...sync, workers: 4, outputDigest: 'other' };
    const samples = [
      ...samplesOf(sync, around(1000)),
      ...samplesOf(strange, around(100)),
      ...samplesOf({ ...threads, outputDigest: 'other' }, around(100)),
      ...samplesOf({ ...threads, workers: 4 }, around(500)),
    ];
    const cells = summariseCells([sync, strange, threads, { ...threads, workers: 4 }], samples, 2);
    expect(cells.at(-1)?.speedup).toBe(2);
    expect(noiseFloor(cells)).toBeCloseTo(0.02, 9);
    expect(fitScaling(cells, [], 4).at(-1)?.verdict).toMatch(/^Scales partly: 2\.00x SYNC with 4 workers/);
    expect(
      fitScaling(cells, [], 4)
        .at(-1)
        ?.serialFraction.map(({ workers }) => workers),
    ).toEqual([4]);
  });

  it('calls the spread of SYNC noise', () => {
    const medians = { SYNC: { 1: 1000, 2: 1040, 4: 1010 } };
    expect(noiseFloor(measured(medians, 4))).toBeCloseTo(0.04, 9);
    expect(verdicts(medians, 4).SYNC).toMatchObject({
      serialFraction: [],
      verdict: 'The baseline. It uses no workers, so the difference of 4 % between its cells is noise.',
    });
    expect(noiseFloor(measured({ SYNC: { 1: 1000 } }, 4))).toBeCloseTo(0.02, 9);
    expect(noiseFloor(measured({ THREADS: { 1: 1000 } }, 4))).toBeNull();
  });
});
