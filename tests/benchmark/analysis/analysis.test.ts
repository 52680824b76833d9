import { describe, expect, it } from '@jest/globals';
import { analyse } from '../../../src/benchmark/analysis/analyse.js';
import { analyseComparison, analyseRun } from '../../../src/benchmark/analysis/analysis.js';
import { compareBenchmarks } from '../../../src/benchmark/analysis/comparison.js';
import { around, samplesOf } from '../samples.js';

const WORKERS = Array.from({ length: 30 }, (_, index) => index + 1);
const measured = (medianMs: number) => WORKERS.flatMap((workers) => samplesOf({ workers }, around(medianMs)));

describe('the analysis of many samples, in a thread', () => {
  it('returns the same figures as without one', async () => {
    const samples = measured(100);
    expect(samples.length).toBeGreaterThan(100);
    const run = { samples, processors: 2, status: 'COMPLETED' as const };
    expect(await analyseRun('ada', run)).toEqual(analyse(run));
  });

  it('returns the same comparison as without one', async () => {
    const [baseline, candidate] = [
      { id: 'a', samples: measured(100) },
      { id: 'b', samples: measured(80) },
    ];
    expect(await analyseComparison('ada', baseline, [candidate])).toEqual(
      compareBenchmarks(baseline, [candidate]),
    );
  });
});
