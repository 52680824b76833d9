import { describe, expect, it } from '@jest/globals';
import { compareBenchmarks } from '../../../../src/benchmark/analysis/comparison/comparison.js';
import { around, CELL, samplesOf } from '../../samples.js';

/** The one row of two benchmarks that measured the same cell. */
function row(before: readonly number[], after: readonly number[], cellCount = 1) {
  const samples = (times: readonly number[]) =>
    Array.from({ length: cellCount }, (_, index) => samplesOf({ ...CELL, workers: index + 1 }, times)).flat();
  const rows = compareBenchmarks({ id: 'a', samples: samples(before) }, [
    { id: 'b', samples: samples(after) },
  ]);
  expect(rows).toHaveLength(cellCount);
  return rows[0];
}

describe('a comparison', () => {
  it('distinguishes faster from slower', () => {
    expect(row(around(200), around(100))).toMatchObject({
      benchmarkId: 'b',
      baselineMedianMs: 200,
      medianMs: 100,
      ratio: 2,
      verdict: 'FASTER',
    });
    expect(row(around(100), around(200))).toMatchObject({ ratio: 0.5, verdict: 'SLOWER' });
    expect(row(around(100), around(200))?.pValue).toBeCloseTo(2 / 252, 9);
  });

  it('has rows in the order of the cells, not of the samples', () => {
    const samples = [4, 1, 2].flatMap((workers) => samplesOf({ ...CELL, workers }, around(100)));
    const rows = compareBenchmarks({ id: 'a', samples }, [{ id: 'b', samples }]);
    expect(rows.map(({ workers }) => workers)).toEqual([1, 2, 4]);
  });

  it('leaves out what was measured of one side alone where both were started together', () => {
    const times = (minute: number) => ({
      startedAt: `2026-01-02T03:0${minute}:00.000Z`,
      finishedAt: `2026-01-02T03:0${minute + 2}:00.000Z`,
    });
    const before = { id: 'a', samples: samplesOf(CELL, around(100)), times: times(0) };
    // Another program slowed the machine after the baseline had ended.
    const samples = samplesOf(CELL, [...around(100), ...around(150), ...around(150)]);
    const verdictOf = (minute: number) =>
      compareBenchmarks(before, [{ id: 'b', samples, times: times(minute) }])[0]?.verdict;
    expect(verdictOf(0)).toBe('INDISTINGUISHABLE');
    expect(verdictOf(3)).toBe('SLOWER');
  });

  it('calls a difference within 5 % indistinguishable, even a significant one', () => {
    expect(row(around(100), around(100))?.verdict).toBe('INDISTINGUISHABLE');
    const significant = row(around(100), around(102.5));
    expect(significant?.pValue).toBeLessThan(0.05);
    expect(significant?.verdict).toBe('INDISTINGUISHABLE');
  });

  it('is inconclusive without enough evidence', () => {
    expect(row([80, 90, 100, 110, 120], [85, 95, 104, 112, 125])?.verdict).toBe('INCONCLUSIVE');
    expect(row([100, 100, 100, 100], around(200))).toMatchObject({
      ratioInterval: null,
      pValue: null,
      verdict: 'INCONCLUSIVE',
    });
  });

  it('asks for a significant p where the interval alone would do', () => {
    const before = [100, 101, 102, 103, 104];
    const overlapping = [103.5, 110, 111, 112, 113];
    const single = row(before, overlapping);
    expect(single).toMatchObject({ verdict: 'SLOWER' });
    const oneOfFour = row(before, overlapping, 4);
    expect(oneOfFour?.pValue).toBeCloseTo(4 * (single?.pValue ?? 0), 9);
    expect(oneOfFour).toMatchObject({ ratioInterval: single?.ratioInterval, verdict: 'INCONCLUSIVE' });
  });

  it('counts those rows alone that have enough samples', () => {
    const some = (times: readonly number[], tooFew: number) => [
      ...samplesOf(CELL, times),
      ...Array.from({ length: tooFew }, (_, index) =>
        samplesOf({ ...CELL, workers: 10 + index }, [100]),
      ).flat(),
    ];
    const [first] = compareBenchmarks({ id: 'a', samples: some([100, 101, 102, 103, 104], 7) }, [
      { id: 'b', samples: some([105, 106, 107, 108, 109], 7) },
    ]);
    expect(first?.pValue).toBeCloseTo(2 / 252, 9);
    expect(first?.verdict).toBe('SLOWER');
  });

  it('decides by the interval if no p can be significant for this number of rows', () => {
    expect(row(around(100), around(200), 30)).toMatchObject({ verdict: 'SLOWER' });
    expect(row(around(100), around(200), 30)?.pValue).toBeGreaterThan(0.05);
    expect(row(around(100), around(106), 30)).toMatchObject({ verdict: 'INCONCLUSIVE' });
    expect(row(around(100), around(106), 1)).toMatchObject({ verdict: 'SLOWER' });
  });

  it('has neither verdict nor p for a cell that is void in either benchmark', () => {
    const voided = { ...CELL, outputDigest: 'other' };
    const sync = samplesOf({ ...CELL, model: 'SYNC' }, around(200));
    const good = [...sync, ...samplesOf(CELL, around(200))];
    const bad = [...sync, ...samplesOf(voided, around(100))];
    for (const [baseline, candidate] of [
      [good, bad],
      [bad, good],
    ] as const) {
      const rows = compareBenchmarks({ id: 'a', samples: baseline }, [{ id: 'b', samples: candidate }]);
      expect(rows.map(({ model, pValue, verdict }) => [model, pValue, verdict])).toEqual([
        ['SYNC', 1, 'INDISTINGUISHABLE'],
        ['THREADS', null, 'INCONCLUSIVE'],
      ]);
      expect(rows[1]?.ratioInterval).toBeNull();
    }
  });

  it('pairs SYNC at any number of workers with that of another runtime, which has no engines', () => {
    const node = samplesOf({ model: 'SYNC', engine: null, workers: 2 }, around(100));
    const python = samplesOf({ model: 'SYNC', engine: null, workers: 1 }, around(900));
    const compared = (otherRuntime: boolean) =>
      compareBenchmarks({ id: 'node', samples: node }, [{ id: 'python', otherRuntime, samples: python }]);
    expect(compared(true)).toMatchObject([{ model: 'SYNC', baselineMedianMs: 100, verdict: 'SLOWER' }]);
    expect(compared(false)).toEqual([]);
  });

  it('has rows for what both measured, of every candidate', () => {
    const samples = samplesOf(CELL, around(100));
    const other = samplesOf({ ...CELL, workers: 8 }, around(100));
    const rows = compareBenchmarks({ id: 'a', samples }, [
      { id: 'b', samples: [...samples, ...other] },
      { id: 'c', samples: other },
      { id: 'd', samples },
    ]);
    expect(rows.map(({ benchmarkId, workers }) => [benchmarkId, workers])).toEqual([
      ['b', 2],
      ['d', 2],
    ]);
  });
});
