import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { TICK_MS } from './processors.js';

/** Resource usage of processes. */
export interface ProcessUsage {
  cpuMs: number;
  /** Resident, without `fileBytes`. */
  ownBytes: number;
  /** Resident file pages, which processes of one program share; 0 if the system does not report them. */
  fileBytes: number;
}

interface ListedProcess extends ProcessUsage {
  pid: number;
  parent: number;
}

/**
 * Most Linux kernels list the children of a process in a file; on other systems all processes are listed, which takes
 * milliseconds.
 */
export const hasProcChildren = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

/** Returns the running descendants of this process; none on systems without a known method. */
export function descendants(): ProcessUsage[] {
  return hasProcChildren ? procDescendants(process.pid) : descendantsAmong(listProcesses(), process.pid);
}

/**
 * Resident memory of this process and its descendants together. For file pages, the maximum of one process: nearly
 * all of them are the program and its libraries, which are in memory once.
 */
export function familyBytes(): number {
  const own = procUsage(process.pid) ?? { ownBytes: process.memoryUsage.rss(), fileBytes: 0 };
  return togetherBytes([own, ...descendants()]);
}

export function togetherBytes(processes: readonly Omit<ProcessUsage, 'cpuMs'>[]): number {
  return (
    processes.reduce((sum, { ownBytes }) => sum + ownBytes, 0) +
    Math.max(...processes.map(({ fileBytes }) => fileBytes))
  );
}

function procDescendants(root: number): ProcessUsage[] {
  return pidsIn(`/proc/${root}/task/${root}/children`).flatMap((pid) => {
    const usage = procUsage(pid);
    return usage ? [usage, ...procDescendants(pid)] : [];
  });
}

const pidsIn = (path: string): number[] => (read(path) ?? '').split(' ').filter(Boolean).map(Number);

/**
 * proc_pid_stat(5): after the name in parentheses come state (3), parent (4) … utime (14), stime (15).
 * proc_pid_status(5): VmRSS is RssAnon + RssFile + RssShmem.
 */
function procUsage(pid: number): ListedProcess | null {
  const [stat, status] = [read(`/proc/${pid}/stat`), read(`/proc/${pid}/status`)];
  if (!stat || !status) return null;
  const kilobytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
  const fileBytes = kilobytes('RssFile') * 1024;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    parent: Number(fields[1]),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    ownBytes: kilobytes('VmRSS') * 1024 - fileBytes,
    fileBytes,
  };
}

/** A process may end after it was listed and before it is read. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

export function descendantsAmong(processes: readonly ListedProcess[], root: number): ListedProcess[] {
  return processes
    .filter(({ parent }) => parent === root)
    .flatMap((child) => [child, ...descendantsAmong(processes, child.pid)]);
}

/** Lists all processes of the machine: from /proc on Linux, where containers may lack `ps`; by `ps` elsewhere. */
export function listProcesses(): ListedProcess[] {
  if (existsSync('/proc/self/stat')) {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.flatMap((pid) => procUsage(Number(pid)) ?? []);
  }
  try {
    return parsePs(execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,time='], { encoding: 'utf8' }));
  } catch {
    return [];
  }
}

/** Format of the output of POSIX `ps -o pid=,ppid=,rss=,time=`. */
export function parsePs(listing: string): ListedProcess[] {
  return listing
    .trim()
    .split('\n')
    .map((line): ListedProcess => {
      const [pid, parent, rssKib, time = ''] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        ownBytes: Number(rssKib) * 1024,
        fileBytes: 0,
        cpuMs: psTimeMs(time),
      };
    });
}

/** `[[dd-]hh:]mm:ss[.cc]` in milliseconds. */
function psTimeMs(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  return (
    clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000 + Number(days) * 86_400_000
  );
}
