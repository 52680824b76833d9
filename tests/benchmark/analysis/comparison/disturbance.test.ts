import { describe, expect, it } from '@jest/globals';
import { compareBenchmarks } from '../../../../src/benchmark/analysis/comparison/comparison.js';
import type { BenchmarkSample } from '../../../../src/benchmark/sample.js';
import { around, CELL, samplesOf } from '../../samples.js';

/** Seven samples of a cell that takes `medianMs` alone, while other programs use a share of the processors and slow it down by it. */
function measured(medianMs: number, otherCpuShare: number | null = 0): BenchmarkSample[] {
  const times = [...around(medianMs), medianMs, medianMs];
  const shared = times.map((ms) => ms / (1 - (otherCpuShare ?? 0)));
  return samplesOf({ ...CELL, otherCpuShare }, shared);
}

/** The one row of two benchmarks that measured the same cell. */
function row(before: readonly BenchmarkSample[], after: readonly BenchmarkSample[]) {
  const [first] = compareBenchmarks({ id: 'a', samples: before }, [{ id: 'b', samples: after }]);
  if (!first) throw new Error('The samples share no cell');
  return first;
}

describe('a difference between two benchmarks', () => {
  it('is not decided where the machine was 1.4 times as slow, because of other programs, for one of them', () => {
    const slower = row(measured(100), measured(100, 0.3));
    expect(slower).toMatchObject({ verdict: 'INCONCLUSIVE', doubt: { warning: 'BUSY_MACHINE' } });
    expect(slower.doubt?.meaning).toBe(
      'Other programs can explain this difference: they used 0 % of the processors during the baseline and 30 % during the candidate (medians).',
    );
    expect(slower.doubt?.advice).toContain('idle machine');
    const faster = row(measured(100, 0.3), measured(100));
    expect(faster).toMatchObject({ verdict: 'INCONCLUSIVE', doubt: { warning: 'BUSY_MACHINE' } });
  });

  it('keeps its figures where it is not decided', () => {
    const { baselineMedianMs, ratio, ratioInterval, pValue } = row(measured(100), measured(100, 0.3));
    expect(baselineMedianMs).toBe(100);
    expect(ratio).toBeCloseTo(0.7, 9);
    expect(ratioInterval?.high).toBeLessThan(1);
    expect(pValue).toBeLessThan(0.05);
  });

  it('of 6 % is found on an idle machine, and where other programs use as much in both', () => {
    expect(row(measured(100), measured(106))).toMatchObject({ verdict: 'SLOWER', doubt: null });
    expect(row(measured(106, 0.4), measured(100, 0.4))).toMatchObject({ verdict: 'FASTER', doubt: null });
  });

  it('is found where it is larger than what other programs can explain', () => {
    expect(row(measured(100), measured(120, 0.3))).toMatchObject({ verdict: 'SLOWER', doubt: null });
    expect(row(measured(100, 0.3), measured(80))).toMatchObject({ verdict: 'FASTER', doubt: null });
  });

  it('is found where no other programs are known, or none that make a machine busy', () => {
    const unknown = samplesOf({ ...CELL, otherCpuShare: null }, around(140));
    expect(row(measured(100, null), unknown)).toMatchObject({ verdict: 'SLOWER', doubt: null });
    const quiet = samplesOf({ ...CELL, otherCpuShare: 0.1 }, around(106));
    expect(row(measured(100), quiet)).toMatchObject({ verdict: 'SLOWER', doubt: null });
  });

  it('is found where the machine was busy during a single sample', () => {
    const [first, ...others] = measured(120);
    const after = [...(first ? [{ ...first, otherCpuShare: 0.5 }] : []), ...others];
    expect(row(measured(100), after)).toMatchObject({ verdict: 'SLOWER', doubt: null });
  });

  it('is not decided where other programs used every processor', () => {
    const taken = samplesOf({ ...CELL, otherCpuShare: 1 }, around(900));
    expect(row(measured(100), taken).verdict).toBe('INCONCLUSIVE');
    expect(row(taken, measured(100)).verdict).toBe('INCONCLUSIVE');
    expect(row(taken, samplesOf({ ...CELL, otherCpuShare: 1 }, around(100))).verdict).toBe('INCONCLUSIVE');
  });

  it('within 5 % is indistinguishable on a busy machine too', () => {
    const busy = samplesOf({ ...CELL, otherCpuShare: 0.3 }, around(101));
    expect(row(measured(100), busy)).toMatchObject({ verdict: 'INDISTINGUISHABLE', doubt: null });
  });
});
