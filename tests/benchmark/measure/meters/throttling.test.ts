import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cellWarnings } from '../../../../src/benchmark/analysis/cell-warnings.js';
import { throttledMs } from '../../../../src/benchmark/measure/meters/processors.js';
import { eventually } from '../../../support/eventually.js';

const NAME = `nogil-bench-test-${process.pid}`;
/** Half a processor. */
const [QUOTA_US, PERIOD_US] = [50_000, 100_000];
/** The largest weights: on a busy machine, a group that gets less than its quota is never throttled. */
const [SHARES, WEIGHT] = ['262144', '10000'];

/** Creates a group of processes with a quota; null where this user may not, or the system has no such groups. */
function limitedGroup(): string | null {
  const version1 = `/sys/fs/cgroup/cpu/${NAME}`;
  const version2 = `/sys/fs/cgroup/${NAME}`;
  const attempts: [string, Record<string, string>][] = [
    [
      version1,
      {
        ...{ 'cpu.cfs_period_us': String(PERIOD_US), 'cpu.cfs_quota_us': String(QUOTA_US) },
        'cpu.shares': SHARES,
      },
    ],
    [version2, { 'cpu.max': `${QUOTA_US} ${PERIOD_US}`, 'cpu.weight': WEIGHT }],
  ];
  for (const [folder, files] of attempts) {
    try {
      mkdirSync(folder);
      for (const [name, value] of Object.entries(files)) writeFileSync(`${folder}/${name}`, value);
      return folder;
    } catch {
      removeGroup(folder);
    }
  }
  return null;
}

function removeGroup(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

const group = limitedGroup();

describe('throttling by a quota', () => {
  (group ? it : it.skip)('is measured under the quota of a real group of processes', async () => {
    const folder = group ?? '';
    try {
      const script = new URL('./quota-sample.js', import.meta.url).pathname;
      const shell = 'echo $$ > "$1/cgroup.procs" && exec "$2" "$3"';
      const text = execFileSync('sh', ['-c', shell, 'sh', folder, process.execPath, script], {
        encoding: 'utf8',
      });
      const { quota, cell, sample } = JSON.parse(text);
      expect(quota).toBe(QUOTA_US / PERIOD_US);
      expect(sample.throttledMs).toBeGreaterThan(0);
      const context = { processors: 1, expectedDigest: sample.outputDigest };
      expect(cellWarnings([{ ...cell, ...sample }], context)).toContain('THROTTLED');
    } finally {
      await eventually(() => removeGroup(folder));
    }
  });

  const files =
    (contents: Record<string, string>) =>
    (path: string): string | null =>
      contents[path] ?? null;
  const membership = { '/proc/self/cgroup': '1:cpu:/box\n0::/box\n' };

  it.each([
    // Recorded under a quota of 0.2 processors, Linux 6.18.
    [
      'version 1',
      {
        '/sys/fs/cgroup/cpu/box/cpu.cfs_quota_us': '20000',
        '/sys/fs/cgroup/cpu/box/cpu.cfs_period_us': '100000',
        '/sys/fs/cgroup/cpu/box/cpu.stat':
          'nr_periods 28\nnr_throttled 25\nthrottled_time 747159921\nnr_bursts 0\nburst_time 0\n',
      },
      747.159921,
    ],
    [
      'version 2',
      {
        '/sys/fs/cgroup/box/cpu.max': '20000 100000',
        '/sys/fs/cgroup/box/cpu.stat':
          'usage_usec 560000\nuser_usec 400000\nsystem_usec 160000\nnr_periods 28\nnr_throttled 25\nthrottled_usec 747159\n',
      },
      747.159,
    ],
    ['no quota', { '/sys/fs/cgroup/box/cpu.stat': 'throttled_usec 5\n' }, null],
  ])('is read from cpu.stat: %s', (_name, contents, expected) => {
    expect(throttledMs(files({ ...membership, ...contents }))).toBe(expected);
  });
});
