import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

/** Linux tells the children of a process in a file; elsewhere `ps` is asked, which takes milliseconds. */
export const hasProcChildren = existsSync(`/proc/${process.pid}/task/${process.pid}/children`);

/** The living processes that descend from this one, itself not counted; nothing where no way to ask is known. */
export function descendantUsage(): ProcessUsage {
  const processes = hasProcChildren
    ? procDescendants(process.pid)
    : psDescendants(process.pid, listProcesses());
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

/** proc_pid_stat(5): after the name in parentheses come state (3) … utime (14), stime (15). */
function procUsage(pid: number): ProcessUsage | null {
  const [stat, status] = [read(`/proc/${pid}/stat`), read(`/proc/${pid}/status`)];
  if (!stat || !status) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
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

export function psDescendants(root: number, processes: readonly ListedProcess[]): ProcessUsage[] {
  return processes
    .filter(({ parent }) => parent === root)
    .flatMap((child) => [child, ...psDescendants(child.pid, processes)]);
}

/** All processes of the machine as POSIX `ps` tells them. */
export function listProcesses(): ListedProcess[] {
  let listing: string;
  try {
    listing = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,time='], { encoding: 'utf8' });
  } catch {
    return [];
  }
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
export function psTimeMs(time: string): number {
  const [clock = '', days = '0'] = time.split('-').reverse();
  return (
    clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000 + Number(days) * 86_400_000
  );
}
