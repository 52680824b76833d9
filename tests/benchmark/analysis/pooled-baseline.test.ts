import { describe, expect, it } from '@jest/globals';
import { pooledCells } from '../../../src/benchmark/analysis/pooled-baseline.js';
import { answer } from '../../../src/benchmark/export/html-blocks.js';
import { report } from '../export/record.js';
import { around, samplesOf } from '../samples.js';

const SYNC = { model: 'SYNC', cpuMs: 100 } as const;

describe('SYNC as one cell', () => {
  it('has the samples of all its cells, and no others', () => {
    const { baselines } = report({
      samples: [
        ...samplesOf({ ...SYNC, workers: 2, eventLoopDelayP99Ms: 1 }, [100, 100]),
        ...samplesOf({ ...SYNC, workers: 4, eventLoopDelayP99Ms: 9 }, [100, 102, 104]),
        ...samplesOf({ ...SYNC, workers: 8, outputDigest: 'other' }, [1]),
      ],
    });
    expect(baselines).toHaveLength(1);
    expect(baselines[0]).toMatchObject({
      workers: 1,
      medianMs: 100,
      speedup: 1,
      eventLoopDelayP99Ms: 9,
      // Neither cell had five samples.
      warnings: [],
    });
    expect(baselines[0]?.samplesMs).toHaveLength(5);
  });

  it('has no sample of a void cell, even if some of its results are right', () => {
    const samples = samplesOf({ ...SYNC, workers: 2 }, around(100));
    const other = samplesOf({ ...SYNC, workers: 4 }, [1, 2, 3]);
    const { baselines, cells } = report({
      samples: [
        ...samples,
        ...other.map((one, index) => (index === 0 ? { ...one, outputDigest: 'other' } : one)),
      ],
    });
    expect(baselines[0]?.samplesMs).toHaveLength(samples.length);
    expect(pooledCells(cells)[0]?.samplesMs).toHaveLength(samples.length);
  });

  it('is the one whose figures the recommendation quotes', () => {
    const measured = report({
      samples: [2, 4].flatMap((workers) => samplesOf({ ...SYNC, workers }, around(100))),
    });
    expect(measured.recommendation).toMatchObject({ model: 'SYNC', workers: 1 });
    expect(answer(measured).text).toContain('<dt>Images a second</dt><dd>100</dd>');
  });

  it('leaves figures of a void cell out of a recommendation', () => {
    const sync = { ...SYNC, imageCount: 50 };
    const measured = report({
      samples: [
        ...samplesOf(sync, around(1000)),
        ...samplesOf({ outputDigest: 'other', imageCount: 50 }, around(10)),
        ...samplesOf(SYNC, around(200)),
        ...samplesOf({}, around(100)),
      ],
    });
    expect(measured.recommendation).toMatchObject({ model: 'SYNC' });
    const { text } = answer({
      ...measured,
      recommendation: {
        model: 'THREADS',
        workers: 2,
        engine: 'SHARP',
        outcome: 'WIN',
        alternatives: [],
        repetitionsNeeded: null,
        reason: '',
      },
    });
    expect(text).toContain('<dt>Images a second</dt><dd>100</dd>');
  });
});

describe('SYNC as one cell, from its cells', () => {
  it('has the times and the memory that its samples give', () => {
    const samples = [
      ...samplesOf({ ...SYNC, workers: 2, peakRssBytes: 5 }, around(100)),
      ...samplesOf({ ...SYNC, workers: 4, peakRssBytes: 9 }, [90, 101, 99, 120]),
    ];
    const { cells, baselines } = report({ samples });
    const figures = pooledCells(cells).map((cell) => ({ ...cell, samplesMs: cell.samplesMs.toSorted() }));
    expect(figures).toHaveLength(1);
    for (const [index, cell] of baselines.entries()) {
      const { medianMs, medianInterval, speedupInterval, imagesPerSecond, peakRssBytes, workers } = cell;
      expect(figures[index]).toMatchObject({
        ...{ medianMs, medianInterval, speedupInterval, imagesPerSecond, peakRssBytes, workers },
        samplesMs: cell.samplesMs.toSorted(),
      });
    }
  });

  it('has no warning about too few samples where all of them are enough', () => {
    const [first, second] = [
      [100, 101],
      [102, 103, 104],
    ].map((times, index) => samplesOf({ ...SYNC, workers: index + 1 }, times));
    const { cells } = report({ samples: [...(first ?? []), ...(second ?? [])] });
    expect(cells.every(({ warnings }) => warnings.includes('TOO_FEW_SAMPLES'))).toBe(true);
    expect(pooledCells(cells)[0]?.warnings).not.toContain('TOO_FEW_SAMPLES');
  });
});
