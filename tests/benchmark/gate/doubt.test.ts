import { describe, expect, it } from '@jest/globals';
import { compareBenchmarks } from '../../../src/benchmark/analysis/comparison/comparison.js';
import { doubtOf } from '../../../src/benchmark/gate/doubt.js';
import type { BenchmarkSample } from '../../../src/benchmark/sample.js';
import { around, samplesOf } from '../samples.js';

/** The doubt about the one cell of these samples, with a limit of 10 %. */
function doubt(before: readonly BenchmarkSample[], now: readonly BenchmarkSample[]): string | null {
  const [row] = compareBenchmarks({ id: 'baseline', samples: before }, [{ id: 'now', samples: now }]);
  if (!row) throw new Error('The samples share no cell');
  return doubtOf(row, before, now, 0.1);
}

const steady = (medianMs: number, cell: Partial<BenchmarkSample> = {}) =>
  samplesOf(cell, [...around(medianMs), ...around(medianMs)]);
/** Varies by 18 %. */
const noisy = (medianMs: number) =>
  samplesOf(
    {},
    [0.8, 0.85, 0.9, 0.95, 1, 1, 1.1, 1.2, 1.3, 1.3].map((part) => part * medianMs),
  );

describe('a slower cell', () => {
  it('is certain where its samples are steady and the machine was idle', () => {
    expect(doubt(steady(100), steady(112))).toBeNull();
  });

  it('is certain although it is noisy, where the low end of the interval is beyond the limit', () => {
    expect(doubt(noisy(100), noisy(200))).toBeNull();
    expect(doubt(steady(100), noisy(200))).toBeNull();
  });

  it('is doubtful where it is noisy and the low end of the interval is not beyond the limit', () => {
    expect(doubt(noisy(100), noisy(125))).toMatch(
      /^its samples vary by more than 10 %; certain is only \d %$/,
    );
  });

  it('is doubtful where other programs can explain the slowdown', () => {
    expect(doubt(steady(100), steady(180, { otherCpuShare: 0.4 }))).toBe(
      'other programs used up to 40 % of the processors; certain is only 8 %',
    );
  });

  it('is certain on a busy machine where other programs cannot explain the slowdown', () => {
    expect(doubt(steady(100), steady(200, { otherCpuShare: 0.4 }))).toBeNull();
  });

  it('is certain where only the baseline was measured on a busy machine, which made that slower', () => {
    expect(doubt(steady(100, { otherCpuShare: 0.4 }), steady(120))).toBeNull();
  });

  it('is found in a baseline from another runtime, whose cells have no engine', () => {
    expect(doubt(steady(100), steady(115, { otherCpuShare: 0.2 }))).toContain('other programs');
    const before = steady(100, { engine: null });
    const [row] = compareBenchmarks({ id: 'baseline', otherRuntime: true, samples: before }, [
      { id: 'now', samples: steady(150) },
    ]);
    expect(row && doubtOf(row, before, steady(150), 0.1)).toBeNull();
  });
});
