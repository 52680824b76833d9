import { describe, expect, it } from '@jest/globals';
import { analyseCells, analyseComparison } from '../../../src/benchmark/analysis/analysis.js';
import { summariseCells } from '../../../src/benchmark/analysis/cell-summary.js';
import { compareBenchmarks } from '../../../src/benchmark/analysis/comparison.js';
import { around, CELL, samplesOf } from '../samples.js';

const WORKERS = Array.from({ length: 30 }, (_, index) => index + 1);
const cells = WORKERS.map((workers) => ({ ...CELL, workers }));
const measured = (medianMs: number) => WORKERS.flatMap((workers) => samplesOf({ workers }, around(medianMs)));

describe('the analysis of many samples, in a thread', () => {
  it('gives the cells that it gives without one', async () => {
    const samples = measured(100);
    expect(samples.length).toBeGreaterThan(100);
    expect(await analyseCells('ada', cells, samples, 2)).toEqual(summariseCells(cells, samples, 2));
  });

  it('gives the comparison that it gives without one', async () => {
    const [baseline, candidate] = [
      { id: 'a', samples: measured(100) },
      { id: 'b', samples: measured(80) },
    ];
    expect(await analyseComparison('ada', baseline, [candidate])).toEqual(
      compareBenchmarks(baseline, [candidate]),
    );
  });
});
