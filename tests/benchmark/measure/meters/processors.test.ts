import { describe, expect, it } from '@jest/globals';
import { otherShare, perProcessor } from '../../../../src/benchmark/measure/meters/cpu-shares.js';
import {
  allowedProcessors,
  availableProcessors,
  parseProcStat,
  processorTimes,
  quotaProcessors,
} from '../../../../src/benchmark/measure/meters/processors.js';

const STAT = `cpu  300 20 100 1000 30 5 6 40 0 0
cpu0 100 10 50 500 10 2 3 25 0 0
cpu1 200 10 50 500 20 3 3 15 0 0
intr 12345 0 0
ctxt 99
`;

describe('processor times', () => {
  it('come from /proc/stat, what the hypervisor took included', () => {
    expect(parseProcStat(STAT, null)).toEqual({ busyMs: [1900, 2810], totalMs: [7000, 8010] });
  });

  it('are those of the processors that we may use', () => {
    expect(parseProcStat(STAT, new Set([1]))).toEqual({ busyMs: [2810], totalMs: [8010] });
    expect(allowedProcessors('Name:\tnode\nCpus_allowed_list:\t0-2,5\n')).toEqual(new Set([0, 1, 2, 5]));
    expect(allowedProcessors('')).toBeNull();
  });

  it('grow on this machine', () => {
    const { busyMs, totalMs } = processorTimes();
    expect(busyMs.length).toBeGreaterThan(0);
    expect(totalMs).toHaveLength(busyMs.length);
    expect(availableProcessors()).toBeGreaterThanOrEqual(1);
  });
});

describe('a container’s quota', () => {
  const files =
    (contents: Record<string, string>) =>
    (path: string): string | null =>
      contents[path] ?? null;

  it.each([
    ['none', {}, null],
    ['version 2', { '/sys/fs/cgroup/cpu.max': '150000 100000' }, 1.5],
    ['version 2, unlimited', { '/sys/fs/cgroup/cpu.max': 'max 100000' }, null],
    [
      'the smallest of the groups above',
      {
        '/proc/self/cgroup': '0::/outer/inner\n',
        '/sys/fs/cgroup/outer/cpu.max': '200000 100000',
        '/sys/fs/cgroup/outer/inner/cpu.max': '400000 100000',
      },
      2,
    ],
    [
      'version 1',
      {
        '/proc/self/cgroup': '5:memory:/x\n4:cpu,cpuacct:/docker/7\n',
        '/sys/fs/cgroup/cpu/docker/7/cpu.cfs_quota_us': '50000',
        '/sys/fs/cgroup/cpu/docker/7/cpu.cfs_period_us': '100000',
      },
      0.5,
    ],
    [
      'version 1, unlimited',
      { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000' },
      null,
    ],
  ])('%s', (_name, contents, expected) => {
    expect(quotaProcessors(files(contents))).toBe(expected);
  });
});

describe('shares of the processors', () => {
  const before = { busyMs: [0, 0], totalMs: [0, 0] };
  const after = { busyMs: [800, 400], totalMs: [1000, 1000] };

  it('attribute the remaining time to other programs', () => {
    expect(otherShare(before, after, 1000, null)).toBeCloseTo(0.1, 9);
    expect(otherShare(before, after, 1300, null)).toBe(0);
  });

  it('count other programs only beyond the share that a quota leaves free', () => {
    const stat = { busyMs: [900, 900, 900, 300], totalMs: [1000, 1000, 1000, 1000] };
    const none = { busyMs: [0, 0, 0, 0], totalMs: [0, 0, 0, 0] };
    expect(otherShare(none, stat, 1000, null)).toBeCloseTo(0.5, 9);
    expect(otherShare(none, stat, 1000, 2)).toBe(0);
    expect(otherShare(none, stat, 500, 2)).toBeCloseTo(0.25, 9);
  });

  it('are unknown where no time was counted', () => {
    expect(otherShare(before, before, 10, null)).toBeNull();
    expect(otherShare({ busyMs: [], totalMs: [] }, { busyMs: [], totalMs: [] }, 10, null)).toBeNull();
  });

  it('split our time by how busy each processor was', () => {
    expect(perProcessor(before, after, 900)).toEqual([600, 300]);
    expect(perProcessor(before, before, 900)).toEqual([450, 450]);
  });
});
