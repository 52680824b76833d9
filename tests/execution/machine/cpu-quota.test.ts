import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { availableProcessors, cpuQuota } from '../../../src/execution/machine/cpu-quota.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'nogil-bench-cgroup-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function files(contents: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), `${text}\n`);
  }
}

describe('the CPU quota', () => {
  it('is none where there are no control groups', () => {
    expect(cpuQuota(root)).toBe(Number.POSITIVE_INFINITY);
    expect(availableProcessors(root)).toBe(availableParallelism());
  });

  it('of version 2 is that of the group', async () => {
    await files({ 'proc/self/cgroup': '0::/app', 'sys/fs/cgroup/app/cpu.max': '150000 100000' });
    expect(cpuQuota(root)).toBe(1.5);
  });

  it('of version 2 is that of a parent where the group has none, or more', async () => {
    await files({
      'proc/self/cgroup': '0::/a/b/c',
      'sys/fs/cgroup/a/cpu.max': '50000 100000',
      'sys/fs/cgroup/a/b/cpu.max': 'max 100000',
      'sys/fs/cgroup/a/b/c/cpu.max': '800000 100000',
    });
    expect(cpuQuota(root)).toBe(0.5);
    expect(availableProcessors(root)).toBe(1);
  });

  it('of version 2 is that of the topmost group in a container', async () => {
    await files({ 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': '200000 100000' });
    expect(cpuQuota(root)).toBe(2);
  });

  it.each(['cpu', 'cpu,cpuacct'])('of version 1 is that of the group, mounted as %s', async (mount) => {
    await files({
      'proc/self/cgroup': '5:memory:/docker/x\n4:cpu,cpuacct:/docker/x\n1:name=systemd:/docker/x',
      [`sys/fs/cgroup/${mount}/docker/x/cpu.cfs_quota_us`]: '-1',
      [`sys/fs/cgroup/${mount}/docker/x/cpu.cfs_period_us`]: '100000',
      [`sys/fs/cgroup/${mount}/docker/cpu.cfs_quota_us`]: '300000',
      [`sys/fs/cgroup/${mount}/docker/cpu.cfs_period_us`]: '100000',
    });
    expect(cpuQuota(root)).toBe(3);
  });

  it('of version 1 is found at the mount point if the container has no path', async () => {
    await files({
      'proc/self/cgroup': '4:cpu,cpuacct:/docker/x',
      'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '100000',
      'sys/fs/cgroup/cpu/cpu.cfs_period_us': '50000',
    });
    expect(cpuQuota(root)).toBe(2);
  });

  it('is none where the files say nothing', async () => {
    await files({ 'proc/self/cgroup': 'nonsense\n0::/', 'sys/fs/cgroup/cpu.max': '' });
    expect(cpuQuota(root)).toBe(Number.POSITIVE_INFINITY);
  });
});
