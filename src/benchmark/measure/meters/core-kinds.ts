import { readdirSync, readFileSync } from 'node:fs';

const CPU_FOLDER = '/sys/devices/system/cpu';

/** Reads a file below /sys/devices/system/cpu, and lists that folder; tests replace it. */
export interface CpuFiles {
  list(): string[];
  read(path: string): string | null;
}

const SYSTEM_FILES: CpuFiles = {
  list: () => attempt(() => readdirSync(CPU_FOLDER)) ?? [],
  read: (path) => attempt(() => readFileSync(`${CPU_FOLDER}/${path}`, 'utf8').trim()),
};

/** The frequency governors of the processors, such as `performance`; null where the system has none. */
export function frequencyGovernor(files = SYSTEM_FILES): string | null {
  const governors = processors(files).flatMap((cpu) => files.read(`${cpu}/cpufreq/scaling_governor`) ?? []);
  return governors.length > 0 ? [...new Set(governors)].sort().join(', ') : null;
}

/**
 * Groups the processors by capacity (arm64) or by highest frequency: performance and efficiency cores differ in these.
 * Null where the system has no such figures.
 */
export function coreKinds(files = SYSTEM_FILES): string | null {
  const kinds = processors(files).flatMap((cpu) => kindOf(cpu, files) ?? []);
  if (kinds.length === 0) return null;
  const groups = [...Map.groupBy(kinds, (kind) => kind)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([kind, { length }]) => `${length} x ${kind}`).join(', ');
}

function kindOf(cpu: string, files: CpuFiles): string | null {
  const capacity = files.read(`${cpu}/cpu_capacity`);
  if (capacity) return `capacity ${capacity}`;
  const kilohertz = Number(files.read(`${cpu}/cpufreq/cpuinfo_max_freq`) ?? Number.NaN);
  return kilohertz > 0 ? `${Math.round(kilohertz / 1000)} MHz` : null;
}

const processors = (files: CpuFiles): string[] => files.list().filter((name) => /^cpu\d+$/.test(name));

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
