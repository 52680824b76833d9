import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/** Number of processors that this process may use: those of the machine, or the quota of its container. At least 1. */
export function availableProcessors(root = '/'): number {
  // Rounded up, as Go and Java do: a quota of 1.5 processors keeps two workers busy for three quarters of the time.
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(cpuQuota(root))));
}

/**
 * Number of processors that the control groups of this process allow, such as 1.5; Infinity without a quota. Each
 * group is bounded by its parents, and a container sees its own group as the topmost one.
 *
 * @param root of the file system, for tests
 */
export function cpuQuota(root = '/'): number {
  const groups = textOf(join(root, 'proc/self/cgroup')).split('\n');
  const quotas = groups.flatMap((line) => {
    // `hierarchy:controllers:path` (cgroups(7)); version 2 has no controllers.
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) return [];
    if (controllers === '') return quotasUpwards(join(root, 'sys/fs/cgroup'), path, quotaV2);
    if (!controllers.split(',').includes('cpu')) return [];
    return ['cpu', controllers].flatMap((mount) =>
      quotasUpwards(join(root, 'sys/fs/cgroup', mount), path, quotaV1),
    );
  });
  return Math.min(Number.POSITIVE_INFINITY, ...quotas);
}

/** The quotas of a group and of its parents, up to the mount point. */
function quotasUpwards(mount: string, path: string, quotaOf: (folder: string) => number): number[] {
  const quotas = [quotaOf(join(mount, path))];
  for (let parent = path; parent !== '/' && parent !== '.'; ) {
    parent = dirname(parent);
    quotas.push(quotaOf(join(mount, parent)));
  }
  return quotas;
}

/** `cpu.max` is `quota period` in microseconds, or `max period`. */
function quotaV2(folder: string): number {
  const [quota, period] = textOf(join(folder, 'cpu.max')).split(/\s+/).map(Number);
  return ratio(quota, period);
}

/** -1 means no quota. */
function quotaV1(folder: string): number {
  const read = (name: string) => Number(textOf(join(folder, name)) || Number.NaN);
  return ratio(read('cpu.cfs_quota_us'), read('cpu.cfs_period_us'));
}

const ratio = (quota = Number.NaN, period = Number.NaN): number =>
  quota > 0 && period > 0 ? quota / period : Number.POSITIVE_INFINITY;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // Not Linux, not version 1 or 2, or not mounted in this container.
    return '';
  }
}
