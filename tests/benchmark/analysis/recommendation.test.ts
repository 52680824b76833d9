import { describe, expect, it } from '@jest/globals';
import { summariseCells } from '../../../src/benchmark/analysis/cell-summary.js';
import { pooledBaselines } from '../../../src/benchmark/analysis/pooled-baseline.js';
import { recommend } from '../../../src/benchmark/analysis/recommendation.js';
import type { BenchmarkSample } from '../../../src/benchmark/sample.js';
import { around, CELL, samplesOf } from '../samples.js';

const MIB = 2 ** 20;

/** Recommends from cells given as a median and what else differs from a plain sample. */
function recommended(...given: (Partial<BenchmarkSample> & { medianMs: number })[]) {
  const cells = given.map((overrides) => ({ ...CELL, ...overrides }));
  const samples = given.flatMap(({ medianMs, ...cell }) => samplesOf(cell, around(medianMs)));
  const baselines = pooledBaselines(samples);
  return recommend(
    summariseCells(cells, samples, 2),
    summariseCells(baselines.cells, baselines.samples, 2),
    2,
  );
}

const SYNC = { model: 'SYNC', workers: 1, medianMs: 1000, eventLoopDelayP99Ms: 300 } as const;
const THREADS = { model: 'THREADS', workers: 2, medianMs: 510, peakRssBytes: 200 * MIB } as const;
const PROCESSES = { model: 'PROCESSES', workers: 2, medianMs: 505, peakRssBytes: 400 * MIB } as const;

describe('the recommendation', () => {
  it('names the fastest, with its figures and what an API on the loop would feel', () => {
    const result = recommended(SYNC, { ...THREADS, workers: 1, medianMs: 990 }, THREADS);
    expect(result).toMatchObject({ model: 'THREADS', workers: 2, engine: 'SHARP' });
    expect(result?.reason).toMatch(
      /^THREADS with 2 workers took 510 ms for 10 images \(19\.6 a second\), 1\.96x SYNC \(95 % interval/,
    );
    expect(result?.reason).toContain('1 ms late (p99), against 300 ms with SYNC');
  });

  it('takes the cheaper of two within the noise, and says so', () => {
    const result = recommended(SYNC, THREADS, PROCESSES);
    expect(result?.model).toBe('THREADS');
    expect(result?.reason).toContain('505 ms by PROCESSES with 2 workers, is 1 % less: too little to matter');
    expect(result?.reason).toContain('It took 400 MiB of memory, against 200 MiB');
    expect(result?.reason).toContain('PROCESSES cannot be told from it by these samples');
  });

  it('takes fewer workers where more gain nothing', () => {
    expect(recommended(SYNC, THREADS, { ...THREADS, workers: 8, medianMs: 500 })?.workers).toBe(2);
    expect(recommended(SYNC, THREADS, { ...THREADS, workers: 8, medianMs: 400 })?.workers).toBe(8);
  });

  it('counts as cost what is started, not what is in flight', () => {
    const inFlight = { model: 'ASYNC', workers: 8, medianMs: 515, peakRssBytes: 500 * MIB } as const;
    expect(recommended(SYNC, THREADS, PROCESSES, inFlight)).toMatchObject({ model: 'ASYNC', workers: 8 });
    expect(recommended(SYNC, inFlight)?.reason).toContain('more in flight than the 2 processors');
    expect(recommended(SYNC, { ...inFlight, medianMs: 1010 })?.model).toBe('SYNC');
  });

  it('warns of more workers than processors', () => {
    const result = recommended(SYNC, { ...THREADS, workers: 8 });
    expect(result?.reason).toContain('more workers than the 2 processors');
  });

  it('recommends SYNC where nothing gains, and a calmer one for an API on its loop', () => {
    const result = recommended(SYNC, { ...THREADS, medianMs: 1100 });
    expect(result?.model).toBe('SYNC');
    expect(result?.reason).toMatch(/^Nothing was faster than doing one after another/);
    expect(result?.reason).toContain('300 ms late (p99)');
    expect(result?.reason).toContain('take THREADS with 2 workers: 1 ms late');
  });

  it('takes SYNC for what it is, however many workers it was asked for', () => {
    const slow = { ...THREADS, workers: 1, medianMs: 1000, peakRssBytes: 300 * MIB };
    for (const workers of [[1, 4], [4, 1], [4]]) {
      const sync = workers.map((count) => ({ ...SYNC, workers: count }));
      expect(recommended(...sync, slow)).toMatchObject({ model: 'SYNC', workers: 1 });
    }
  });

  it('goes by the largest batch', () => {
    const result = recommended(
      { ...SYNC, imageCount: 100, medianMs: 9000 },
      { ...PROCESSES, imageCount: 100, medianMs: 4000 },
      SYNC,
      { ...THREADS, medianMs: 100 },
    );
    expect(result?.model).toBe('PROCESSES');
  });

  it('names the slower engine', () => {
    const result = recommended(SYNC, THREADS, { ...THREADS, engine: 'JIMP', medianMs: 5100 });
    expect(result?.engine).toBe('SHARP');
    expect(result?.reason).toContain('JIMP at its best took 10.00x as long');
  });

  it('passes over what gave other bytes', () => {
    const result = recommended(SYNC, { ...THREADS, outputDigest: 'other' }, PROCESSES);
    expect(result?.model).toBe('PROCESSES');
  });

  it('states the noise and the doubts', () => {
    const result = recommended(
      SYNC,
      { ...SYNC, workers: 2, medianMs: 1070 },
      { ...THREADS, otherCpuShare: 0.3 },
    );
    expect(result?.reason).toContain('Equal work differed by 7 %');
    expect(result?.reason).toContain('Doubtful: BUSY_MACHINE');
  });

  it('is none without cells', () => {
    expect(recommend([], [], 2)).toBeNull();
  });
});
