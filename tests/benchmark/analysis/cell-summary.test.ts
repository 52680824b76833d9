import { describe, expect, it } from '@jest/globals';
import { summariseCells } from '../../../src/benchmark/analysis/cell-summary.js';
import { around, CELL, samplesOf } from '../samples.js';

const SYNC = { ...CELL, model: 'SYNC', workers: 1 } as const;

const summarise = (samples: Parameters<typeof summariseCells>[1]) => summariseCells([CELL, SYNC], samples, 2);

describe('a cell', () => {
  it('has its samples by repetition, the median, and rates', () => {
    const samples = samplesOf(CELL, [120, 100, 110, 90, 130]).toReversed();
    const [cell] = summarise(samples);
    expect(cell).toMatchObject({
      ...CELL,
      samplesMs: [120, 100, 110, 90, 130],
      medianMs: 110,
      medianInterval: { low: 90, high: 130 },
      perImageMs: 11,
      speedup: null,
      speedupInterval: null,
      efficiency: null,
    });
    expect(cell?.imagesPerSecond).toBeCloseTo(90.909, 3);
  });

  it('is compared with all samples of SYNC for the same work', () => {
    const [cell] = summarise([
      ...samplesOf(CELL, around(100)),
      ...samplesOf(SYNC, around(190)),
      ...samplesOf({ ...SYNC, workers: 2 }, around(194)),
      ...samplesOf({ ...SYNC, imageCount: 50 }, around(999)),
    ]);
    expect(cell?.speedup).toBeCloseTo(1.92, 2);
    expect(cell?.efficiency).toBeCloseTo(0.96, 2);
    expect(cell?.speedupInterval?.low).toBeGreaterThan(1.85);
    expect(cell?.speedupInterval?.high).toBeLessThan(2);
  });

  it('adds up processor time, and takes the highest memory', () => {
    const [cell] = summarise([
      ...samplesOf({ cpuMs: 150, cpuPerCoreMs: [100, 50], peakRssBytes: 5 }, [100, 100]),
      ...samplesOf({ cpuMs: 170, cpuPerCoreMs: [70, 100], peakRssBytes: 9 }, [100, 100]),
    ]);
    expect(cell).toMatchObject({ cpuPercent: 160, cpuPercentPerCore: [85, 75], peakRssBytes: 9 });
  });

  it('splits over the processors what the median sample took', () => {
    const steady = samplesOf({ cpuMs: 200, cpuPerCoreMs: [100, 100] }, [100, 100, 100, 100]);
    const odd = samplesOf({ cpuMs: 800, cpuPerCoreMs: [800, 0] }, [100]);
    const [cell] = summarise([...steady, ...odd]);
    expect(cell).toMatchObject({ cpuPercent: 200, cpuPercentPerCore: [150, 50] });
    const [idle] = summarise(samplesOf({ cpuMs: 0, cpuPerCoreMs: [0, 0] }, [100]));
    expect(idle).toMatchObject({ cpuPercent: 0, cpuPercentPerCore: [0, 0] });
  });

  it('is omitted without a sample', () => {
    expect(summarise(samplesOf(SYNC, [100])).map(({ model }) => model)).toEqual(['SYNC']);
  });
});

describe('the time of a cell by phase', () => {
  it('adds up to the median sample over its lanes', () => {
    const [cell] = summarise(samplesOf({ computeMs: 120, lockWaitMs: 60 }, [80, 100, 300]));
    expect(cell?.breakdown).toEqual({ startupMs: 50, computeMs: 60, lockWaitMs: 30, overheadMs: 10 });
  });

  it('counts at most as many lanes as tasks', () => {
    const [cell] = summarise(samplesOf({ computeMs: 90, imageCount: 10 }, [100]));
    expect(cell?.breakdown.computeMs).toBe(45);
    const [single] = summariseCells(
      [{ ...CELL, imageCount: 1, workers: 8 }],
      samplesOf({ computeMs: 90, imageCount: 1, workers: 8 }, [100]),
      2,
    );
    expect(single?.breakdown).toMatchObject({ computeMs: 90, overheadMs: 10 });
  });

  it('counts overlapping tasks on one event loop', () => {
    const cell = { ...CELL, model: 'ASYNC' } as const;
    const [async] = summariseCells([cell], samplesOf({ ...cell, computeMs: 180 }, [100]), 2);
    expect(async?.breakdown).toMatchObject({ computeMs: 100, overheadMs: 0 });
  });
});
