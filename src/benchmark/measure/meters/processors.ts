import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Processor time since the machine started, in milliseconds, for each processor that this process may use. */
export interface ProcessorTimes {
  busyMs: number[];
  /** Busy and idle. */
  totalMs: number[];
}

/** /proc/stat counts in ticks of USER_HZ, which is 100 on every architecture that Node runs on. */
export const TICK_MS = 10;

/**
 * Processor time of all programs, including the time that the hypervisor gave to other machines (steal). Without
 * /proc from libuv, without steal and for all processors.
 */
export function processorTimes(): ProcessorTimes {
  const stat = readIfThere('/proc/stat');
  if (stat) return parseProcStat(stat, allowedProcessors(readIfThere('/proc/self/status') ?? ''));
  const times = os.cpus().map((cpu) => cpu.times);
  const busyMs = times.map(({ user, nice, sys, irq }) => user + nice + sys + irq);
  return { busyMs, totalMs: times.map(({ idle }, index) => idle + (busyMs[index] ?? 0)) };
}

/** proc_stat(5): user nice system idle iowait irq softirq steal guest guest_nice; guests are within user and nice. */
export function parseProcStat(stat: string, allowed: ReadonlySet<number> | null): ProcessorTimes {
  const times: ProcessorTimes = { busyMs: [], totalMs: [] };
  for (const [, processor, fields] of stat.matchAll(/^cpu(\d+) (.+)$/gm)) {
    if (allowed && !allowed.has(Number(processor))) continue;
    const ticks = (fields ?? '').trim().split(/\s+/).slice(0, 8).map(Number);
    const total = ticks.reduce((sum, value) => sum + value, 0);
    const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
    times.busyMs.push((total - idle) * TICK_MS);
    times.totalMs.push(total * TICK_MS);
  }
  return times;
}

/** The affinity of this process (`Cpus_allowed_list: 0-3,8`), or null if the system does not report it. */
export function allowedProcessors(status: string): Set<number> | null {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  if (!list) return null;
  return new Set(
    list.split(',').flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );
}

/** Number of processors that a container's quota allows, such as 1.5; null without a quota. */
export function quotaProcessors(read: (path: string) => string | null = readIfThere): number | null {
  const quotas = cgroupPaths(read('/proc/self/cgroup') ?? '').flatMap((path) => [
    ...quota(read(`/sys/fs/cgroup${path}/cpu.max`) ?? ''),
    ...quota(
      `${read(`/sys/fs/cgroup/cpu${path}/cpu.cfs_quota_us`)} ${read(`/sys/fs/cgroup/cpu${path}/cpu.cfs_period_us`)}`,
    ),
  ]);
  return quotas.length > 0 ? Math.min(...quotas) : null;
}

/**
 * Time in milliseconds that a CPU quota has stopped processes of this cgroup and those above it (cpu.stat), or null
 * without a quota. The maximum of all groups, because a parent's quota also stops its children.
 */
export function throttledMs(read: (path: string) => string | null = readIfThere): number | null {
  if (quotaProcessors(read) === null) return null;
  const stopped = cgroupPaths(read('/proc/self/cgroup') ?? '').flatMap((path) => [
    ...counter(read(`/sys/fs/cgroup${path}/cpu.stat`), 'throttled_usec', 1000),
    ...counter(read(`/sys/fs/cgroup/cpu${path}/cpu.stat`), 'throttled_time', 1e6),
  ]);
  return stopped.length > 0 ? Math.max(...stopped) : null;
}

/** Processors that this process may use: affinity and quota included; at least 1. */
export function availableProcessors(): number {
  return Math.max(1, Math.floor(Math.min(os.availableParallelism(), quotaProcessors() ?? Infinity)));
}

/** The group of this process in version 2 or the cpu controller of version 1, and all groups above it. */
function cgroupPaths(membership: string): string[] {
  const paths = [...membership.matchAll(/^\d+:(.*):(\/.*)$/gm)]
    .filter(([, controllers = '']) => controllers === '' || controllers.split(',').includes('cpu'))
    .map(([, , path = '/']) => path);
  const withParents = paths.flatMap((path) => {
    const segments = path.split('/').filter(Boolean);
    return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
  });
  return ['', ...new Set(withParents)];
}

/** A counter of cpu.stat in milliseconds: microseconds in version 2, nanoseconds in version 1. */
function counter(stat: string | null, name: string, perMs: number): number[] {
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(stat ?? '')?.[1];
  return value === undefined ? [] : [Number(value) / perMs];
}

/** "quota period" in microseconds; max and -1 mean no quota. */
function quota(text: string): number[] {
  const [limit = Number.NaN, period = Number.NaN] = text.split(' ').map(Number);
  return limit > 0 && period > 0 ? [limit / period] : [];
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
