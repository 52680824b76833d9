import { describe, expect, it } from '@jest/globals';
import { planBenchmark } from '../../../src/benchmark/plan.js';
import { CellCounts } from '../../../src/services/benchmarks/cell-counts.js';

const plan = planBenchmark({
  lists: { models: ['SYNC', 'THREADS'], engines: [], imageCounts: [10], workerCounts: [2] },
  workload: 'FIBONACCI',
  repetitions: 5,
  seed: 1,
});

/** Counts samples of each cell, in turn, with these wall times. */
function counted(wallTimes: readonly number[]): CellCounts {
  const counts = new CellCounts(plan);
  for (const [repetition, wallMs] of wallTimes.entries())
    for (const [index, cell] of plan.cells.entries()) counts.add(cell, wallMs, 2 * repetition + index, 100);
  return counts;
}

describe('the counts of a benchmark', () => {
  it('keep the traces of the median samples where it ends before its plan', () => {
    expect(counted([30, 10, 20]).measured()).toEqual({ repetitions: 3, untraced: [0, 2, 1, 3] });
  });

  it('are those of the plan where it was measured', () => {
    expect(counted([30, 10, 20, 40, 50]).measured()).toEqual({ repetitions: 5, untraced: [] });
  });

  it('have the repetitions that every cell has', () => {
    const counts = new CellCounts(plan);
    const [first] = plan.cells;
    if (first) counts.add(first, 10, 0);
    expect(counts.measured().repetitions).toBe(0);
  });

  it('estimate the time that is left from whole samples', () => {
    expect(counted([30]).secondsLeft()).toBeCloseTo(0.8);
    expect(counted([30]).secondsLeft(500)).toBeCloseTo(0.5);
    expect(new CellCounts(plan).secondsLeft()).toBeNull();
  });

  it('estimate twice the time while another benchmark measures half of it', () => {
    const counts = counted([30]);
    counts.waited(200);
    expect(counts.secondsLeft()).toBeCloseTo(1.6);
    // The time limit does not count the other benchmark.
    expect(counts.secondsLeft(500)).toBeCloseTo(1);
  });
});
