import { describe, expect, it } from '@jest/globals';
import { summariseCells } from '../../../src/benchmark/analysis/cell-summary.js';
import type { Cell } from '../../../src/benchmark/cell.js';
import type { BenchmarkWarning } from '../../../src/benchmark/warning.js';
import { type VirtualWork, virtualSample } from '../virtual-sample.js';

const THREADS: Cell = { model: 'THREADS', engine: null, imageCount: 10, workers: 2 };
const SYNC: Cell = { ...THREADS, model: 'SYNC' };
const QUIET: VirtualWork = { taskMs: 30 };

/** The warnings of the first cell after measuring every cell on virtual time, one sample for each work. */
async function warnings(...measured: [Cell, VirtualWork[]][]): Promise<BenchmarkWarning[]> {
  const samples = await Promise.all(
    measured.flatMap(([cell, works]) =>
      works.map(async (work, repetition) => (await virtualSample(cell, repetition, work)).landed),
    ),
  );
  const [first] = summariseCells(
    measured.map(([cell]) => cell),
    samples,
    2,
  );
  return first?.warnings ?? [];
}

const five = (work: VirtualWork): VirtualWork[] => new Array(5).fill(work);

describe('the warnings of a cell', () => {
  it('are none for steady samples on a quiet machine', async () => {
    expect(await warnings([THREADS, five(QUIET)], [SYNC, five(QUIET)])).toEqual([]);
  });

  it('NOISY: beyond a deviation of 10 %', async () => {
    const spread = (part: number) => [1 - part, 1, 1, 1, 1 + part].map((factor) => ({ taskMs: 30 * factor }));
    expect(await warnings([THREADS, spread(0.1)])).toEqual([]);
    expect(await warnings([THREADS, spread(0.2)])).toEqual(['NOISY']);
  });

  it('OVERSUBSCRIBED: more workers than processors, in what computes at a time', async () => {
    expect(await warnings([{ ...THREADS, workers: 3 }, five(QUIET)])).toEqual(['OVERSUBSCRIBED']);
    expect(await warnings([{ ...SYNC, workers: 3 }, five(QUIET)])).toEqual([]);
    const async = { ...THREADS, model: 'ASYNC', workers: 3 } as const;
    expect(await warnings([{ ...async, engine: 'SHARP' }, five(QUIET)])).toEqual(['OVERSUBSCRIBED']);
    expect(await warnings([{ ...async, engine: 'JIMP' }, five(QUIET)])).toEqual([]);
    expect(await warnings([async, five(QUIET)])).toEqual([]);
  });

  it('BUSY_MACHINE: other programs took more than 10 % in a single sample', async () => {
    const busy = { ...QUIET, figures: { otherCpuShare: 0.15 } };
    const bearable = { ...QUIET, figures: { otherCpuShare: 0.1 } };
    expect(await warnings([THREADS, [busy, QUIET, QUIET, QUIET, QUIET]])).toEqual(['BUSY_MACHINE']);
    expect(await warnings([THREADS, five(bearable)])).toEqual([]);
    expect(await warnings([THREADS, five({ ...QUIET, figures: { otherCpuShare: null } })])).toEqual([]);
  });

  it('TOO_FEW_SAMPLES: fewer than five', async () => {
    expect(await warnings([THREADS, five(QUIET).slice(1)])).toEqual(['TOO_FEW_SAMPLES']);
  });

  it('TOO_SHORT: below two ticks of the clock, or with dispatch a visible part of it', async () => {
    expect(await warnings([THREADS, five({ taskMs: 3.9 })])).toEqual(['TOO_SHORT']);
    expect(await warnings([THREADS, five({ taskMs: 4.1 })])).toEqual([]);
    expect(await warnings([THREADS, five({ taskMs: 30, dispatchMs: 1 })])).toEqual(['TOO_SHORT']);
  });

  it('OUTPUT_MISMATCH: other bytes than SYNC, in a single sample', async () => {
    const wrong = { ...QUIET, value: 2 };
    const mixed = [...five(QUIET).slice(1), wrong];
    expect(await warnings([THREADS, mixed], [SYNC, five(QUIET)])).toEqual(['OUTPUT_MISMATCH']);
    expect(await warnings([SYNC, five(QUIET)], [THREADS, five(wrong)])).toEqual([]);
    expect(await warnings([SYNC, mixed], [THREADS, five(wrong)])).toEqual(['OUTPUT_MISMATCH']);
  });

  it('can occur together', async () => {
    const cell = { ...THREADS, workers: 4 };
    const bad = [1, 2].map((taskMs) => ({ taskMs, figures: { otherCpuShare: 0.5 } }));
    expect(await warnings([cell, bad])).toEqual([
      'NOISY',
      'OVERSUBSCRIBED',
      'BUSY_MACHINE',
      'TOO_FEW_SAMPLES',
      'TOO_SHORT',
    ]);
  });
});
