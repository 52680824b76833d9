import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { TICK_MS } from './processors.js';

/** What processes have used so far, and hold now. */
export interface ProcessUsage {
  cpuMs: number;
  rssBytes: number;
}

interface ListedProcess extends ProcessUsage {
  pid: number;
  parent: number;
}

/** Most builds of Linux tell the children of a process in a file; elsewhere all processes are listed, which takes milliseconds. */
export const hasProcChildren = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

/** The living processes that descend from this one, itself not counted; nothing where no way to ask is known. */
export function descendantUsage(): ProcessUsage {
  const processes = hasProcChildren
    ? procDescendants(process.pid)
    : descendantsAmong(listProcesses(), process.pid);
  return {
    cpuMs: processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rssBytes: processes.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
  };
}

function procDescendants(root: number): ProcessUsage[] {
  return pidsIn(`/proc/${root}/task/${root}/children`).flatMap((pid) => {
    const usage = procUsage(pid);
    return usage ? [usage, ...procDescendants(pid)] : [];
  });
}

const pidsIn = (path: string): number[] => (read(path) ?? '').split(' ').filter(Boolean).map(Number);

/** proc_pid_stat(5): after the name in parentheses come state (3), parent (4) … utime (14), stime (15). */
function procUsage(pid: number): ListedProcess | null {
  const [stat, status] = [read(`/proc/${pid}/stat`), read(`/proc/${pid}/status`)];
  if (!stat || !status) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid,
    parent: Number(fields[1]),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    rssBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024,
  };
}

/** A process may end between its being listed and its being read. */
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

/** All processes of the machine: from /proc on Linux, where an image need not have `ps`; as `ps` tells them elsewhere. */
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

/** What POSIX `ps -o pid=,ppid=,rss=,time=` prints. */
export function parsePs(listing: string): ListedProcess[] {
  return listing
    .trim()
    .split('\n')
    .map((line): ListedProcess => {
      const [pid, parent, rssKib, time = ''] = line.trim().split(/\s+/);
      return {
        pid: Number(pid),
        parent: Number(parent),
        rssBytes: Number(rssKib) * 1024,
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
