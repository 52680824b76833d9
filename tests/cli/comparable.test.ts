import { describe, expect, it } from '@jest/globals';
import { rejectIncomparable } from '../../src/cli/gate/comparable.js';
import { report } from '../benchmark/export/record.js';
import { around, samplesOf } from '../benchmark/samples.js';
import { parseBenchOptions } from './bench-command.js';

const refuse =
  (baseline: Parameters<typeof samplesOf>[0], options: string, times = around(100)) =>
  () =>
    rejectIncomparable(
      report({ samples: samplesOf(baseline, times) }),
      parseBenchOptions(options.split(' ').filter(Boolean)).input,
    );

describe('a baseline, before anything is measured,', () => {
  it.each([
    [{ imageCount: 6 }, ''],
    [{ engine: 'JIMP', imageCount: 50, workers: 8 }, '--preset MATRIX --engines JIMP'],
    [{ engine: null, imageCount: 6 }, '--workload FIBONACCI'],
    [{ imageCount: 3, workers: 7 }, '--images 3,4 --workers 7'],
  ] as const)('is taken where a cell of it, %p, is asked for: %s', (baseline, options) => {
    expect(refuse(baseline, options)).not.toThrow();
  });

  it.each([
    [{ workers: 8, imageCount: 6 }, ''],
    [{ engine: 'JIMP', imageCount: 6 }, '--engines SHARP'],
    [{ engine: null, imageCount: 6 }, ''],
    [{ imageCount: 6 }, '--workload FIBONACCI'],
    [{ imageCount: 6 }, '--models SYNC,PROCESSES'],
    [{}, '--preset MATRIX --images 11'],
  ] as const)('is refused where no cell of it, %p, is asked for: %s', (baseline, options) => {
    expect(refuse(baseline, options)).toThrow('--baseline: has no cell with at least 5 samples');
  });

  it('is refused where there are, or would be, too few samples', () => {
    expect(refuse({ imageCount: 6 }, '', [1, 2, 3, 4])).toThrow('--baseline: has no cell');
    expect(refuse({}, '--repetitions 4')).toThrow('--repetitions: must be at least 5');
  });
});
