import { expect, it } from '@jest/globals';
import {
  type CpuFiles,
  coreKinds,
  frequencyGovernor,
} from '../../../../src/benchmark/measure/meters/core-kinds.js';
import { throttledMs } from '../../../../src/benchmark/measure/meters/processors.js';

const files = (contents: Record<string, string>): CpuFiles => ({
  list: () => [
    ...new Set(Object.keys(contents).map((path) => path.split('/')[0] ?? '')),
    'cpufreq',
    'online',
  ],
  read: (path) => contents[path] ?? null,
});

it('groups the cores by capacity, or by highest frequency', () => {
  const frequency = (cpu: number, khz: number) => [`cpu${cpu}/cpufreq/cpuinfo_max_freq`, String(khz)];
  const hybrid = [0, 1, 2].map((cpu) => frequency(cpu, cpu < 2 ? 4_800_000 : 3_600_000));
  expect(coreKinds(files(Object.fromEntries(hybrid)))).toBe('2 x 4800 MHz, 1 x 3600 MHz');
  expect(coreKinds(files({ 'cpu0/cpu_capacity': '1024', 'cpu1/cpu_capacity': '446' }))).toBe(
    '1 x capacity 1024, 1 x capacity 446',
  );
  expect(coreKinds(files({}))).toBeNull();
});

it('names the governors, and none where the system has none', () => {
  const path = 'cpufreq/scaling_governor';
  expect(frequencyGovernor(files({ [`cpu0/${path}`]: 'powersave', [`cpu1/${path}`]: 'powersave' }))).toBe(
    'powersave',
  );
  expect(frequencyGovernor(files({}))).toBeNull();
});

it.each<[string, Record<string, string>, number | null]>([
  [
    'version 2',
    {
      '/proc/self/cgroup': '0::/a/b\n',
      '/sys/fs/cgroup/a/cpu.max': '50000 100000\n',
      '/sys/fs/cgroup/a/cpu.stat': 'usage_usec 5\nnr_throttled 2\nthrottled_usec 1500\n',
      '/sys/fs/cgroup/a/b/cpu.stat': 'throttled_usec 500\n',
    },
    1.5,
  ],
  [
    'version 1',
    {
      '/proc/self/cgroup': '3:cpu,cpuacct:/a\n',
      '/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us': '50000',
      '/sys/fs/cgroup/cpu/a/cpu.cfs_period_us': '100000',
      '/sys/fs/cgroup/cpu/a/cpu.stat': 'nr_throttled 1\nthrottled_time 2000000\n',
    },
    2,
  ],
  ['no quota', { '/proc/self/cgroup': '0::/a\n', '/sys/fs/cgroup/a/cpu.stat': 'throttled_usec 7\n' }, null],
])('reads the throttled time of cgroups, %s', (_version, contents, expected) => {
  expect(throttledMs((path) => contents[path] ?? null)).toBe(expected);
});
