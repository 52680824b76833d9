import { describe, expect, it } from '@jest/globals';
import {
  type ComparedWork,
  describeDifferences,
} from '../../../../src/benchmark/analysis/comparison/differences.js';
import { CELL, environment, samplesOf } from '../../samples.js';

const BASELINE: ComparedWork = {
  name: 'before',
  workload: 'IMAGE',
  operations: [{ kind: 'BLUR', params: { sigma: 2 } }],
  images: { count: 4, generated: true },
  environment: environment(),
  samples: samplesOf(CELL, [1]),
  startedAt: '2026-01-02T03:00:00.000Z',
  finishedAt: '2026-01-02T03:05:00.000Z',
};
const LATER = { startedAt: '2026-01-02T03:06:00.000Z', finishedAt: '2026-01-02T03:11:00.000Z' };

const differences = (overrides: Partial<ComparedWork>) =>
  describeDifferences(BASELINE, [{ ...BASELINE, ...overrides }]);

describe('the differences between two benchmarks', () => {
  it('is the time of measuring where a drift of the same machine can differ', () => {
    expect(differences(LATER)).toEqual([expect.stringMatching(/^measured one after the other: /)]);
    const elsewhere = { ...LATER, environment: environment({ cpuModel: 'Other' }) };
    expect(differences(elsewhere)).toEqual(['processor: Test in the baseline, Other now']);
  });

  it('is nothing for the same work on the same machine', () => {
    expect(differences({ environment: environment({ loadAverage: 3, totalMemoryBytes: 8.01e9 }) })).toEqual(
      [],
    );
  });

  it.each<[string, Partial<ComparedWork>]>([
    [
      'runtime: Node 24.1.0 in the baseline, CPython 3.14.0, GIL on now',
      {
        environment: environment({
          nodeVersion: '',
          v8Version: '',
          appVersion: '',
          runtime: 'CPython 3.14.0, GIL on',
        }),
      },
    ],
    ['Node: 24.1.0 in the baseline, 26.0.0 now', { environment: environment({ nodeVersion: '26.0.0' }) }],
    [
      'usable processors: 2 in the baseline, 8 now',
      { environment: environment({ availableParallelism: 8 }) },
    ],
    ['processor: Test in the baseline, Other now', { environment: environment({ cpuModel: 'Other' }) }],
    [
      'memory: 7,629 MiB in the baseline, 15,259 MiB now',
      { environment: environment({ totalMemoryBytes: 16e9 }) },
    ],
    ['the machine of one side is unknown', { environment: null }],
    ['images: 4 generated in the baseline, 2 uploaded now', { images: { count: 2, generated: false } }],
    [
      'operations: BLUR {"sigma":2} in the baseline, BLUR {"sigma":3} now',
      { operations: [{ kind: 'BLUR', params: { sigma: 3 } }] },
    ],
    [
      'the results of the same work have other bytes: SHARP/10',
      { samples: samplesOf({ ...CELL, outputDigest: 'other' }, [1]) },
    ],
  ])('%s', (text, overrides) => {
    expect(differences(overrides)).toEqual([text]);
  });

  it('reports a value that one side lacks as unknown', () => {
    const stated = { governor: 'performance', cores: '2 x 3200 MHz', cpuQuota: null };
    const unstated = [
      { governor: null, cores: null },
      { governor: 'unknown', cores: 'Unknown' },
    ];
    for (const facts of unstated) {
      const baseline = { ...BASELINE, environment: environment({ ...stated, ...facts }) };
      const candidate = { ...BASELINE, environment: environment(stated) };
      expect(describeDifferences(baseline, [candidate])).toEqual([
        'governor: not known in the baseline, performance now',
        'cores: not known in the baseline, 2 x 3200 MHz now',
      ]);
      expect(describeDifferences(baseline, [baseline])).toEqual([]);
    }
    expect(differences({ environment: environment({ cpuQuota: 1.5 }) })).toEqual([
      'CPU quota: not known in the baseline, 1.5 now',
    ]);
    const limited = { ...BASELINE, environment: environment({ cpuQuota: 1.5 }) };
    const free = { ...BASELINE, environment: environment({ cpuQuota: null }) };
    expect(describeDifferences(limited, [free])).toEqual(['CPU quota: 1.5 in the baseline, none now']);
  });

  it('says that two processors without a name may differ', () => {
    const nameless = { ...BASELINE, environment: environment({ cpuModel: 'unknown' }) };
    expect(describeDifferences(nameless, [nameless])).toEqual([
      'the processors may differ: the system names neither of them',
    ]);
  });

  it('names void cells', () => {
    const voided = [
      ...samplesOf(CELL, [1, 1]),
      ...samplesOf({ ...CELL, workers: 4, outputDigest: 'odd' }, [1]),
    ];
    expect(differences({ samples: voided })).toEqual([
      '1 cell only in this benchmark',
      '1 cell of this benchmark is void (OUTPUT_MISMATCH): THREADS/SHARP/10/4',
    ]);
  });

  it('counts the cells that only one side has', () => {
    expect(differences({ samples: samplesOf({ ...CELL, workers: 4 }, [1]) })).toEqual([
      '1 cell only in the baseline',
      '1 cell only in this benchmark',
    ]);
  });

  it('names the candidate where there are several', () => {
    const other = { ...BASELINE, name: 'b', workload: 'FIBONACCI' as const };
    expect(describeDifferences(BASELINE, [BASELINE, other])).toEqual([
      'b: workload: IMAGE in the baseline, FIBONACCI now',
    ]);
  });
});
