import { describe, expect, it } from '@jest/globals';
import { analyse } from '../../../src/benchmark/analysis/analyse.js';
import { analyseComparison, analyseRun } from '../../../src/benchmark/analysis/analysis.js';
import { compareBenchmarks } from '../../../src/benchmark/analysis/comparison/comparison.js';
import { around, samplesOf } from '../samples.js';

const WORKERS = Array.from({ length: 30 }, (_, index) => index + 1);
const measured = (medianMs: number, otherCpuShare = 0) =>
  WORKERS.flatMap((workers) => samplesOf({ workers, otherCpuShare }, around(medianMs)));

describe('the analysis of many samples, in a thread', () => {
  it('returns the same figures as without one', async () => {
    const samples = measured(100);
    expect(samples.length).toBeGreaterThan(100);
    const run = { samples, processors: 2, status: 'COMPLETED' as const };
    expect(await analyseRun('ada', run)).toEqual(analyse(run));
  });

  it('returns the same comparison as without one', async () => {
    const baseline = { id: 'a', samples: measured(100) };
    const candidates = [
      { id: 'faster', samples: measured(80) },
      { id: 'beside other programs', samples: measured(140, 0.3) },
    ];
    const rows = await analyseComparison('ada', baseline, candidates);
    expect(rows).toEqual(compareBenchmarks(baseline, candidates));
    expect(new Set(rows.map(({ verdict, doubt }) => `${verdict} ${doubt?.warning}`))).toEqual(
      new Set(['FASTER undefined', 'INCONCLUSIVE BUSY_MACHINE']),
    );
  });
});
