import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';

/** States of ended processes in /proc: zombie and dead. */
const DEAD = ['Z', 'X'];

/** Ids of all living processes that descend from one, read from /proc. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    // The command in parentheses may contain any character; state and parent follow its last parenthesis.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state !== undefined && !DEAD.includes(state)) parents.set(Number(entry), Number(parent));
  }
  const family = new Set([pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  family.delete(pid);
  return [...family].filter((id) => parents.has(id));
}

/** Whether a process runs. A zombie, whose parent has not read its exit code, does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Processor time that processes have used, and children of theirs that have ended, in clock ticks (10 ms on Linux). */
export async function cpuTicksOf(pids: readonly number[]): Promise<number> {
  let ticks = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // utime, stime, cutime and cstime are the 14th to 17th fields (proc_pid_stat(5)); the 3rd is the first behind the command.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    for (const field of fields.slice(11, 15)) ticks += Number(field);
  }
  return ticks;
}

/** Files in a folder that a process has open, read from /proc. */
export async function openFilesIn(folder: string, pid: number): Promise<string[]> {
  const links = (await readdir(`/proc/${pid}/fd`)).map((fd) =>
    readlink(`/proc/${pid}/fd/${fd}`).catch(() => ''),
  );
  return (await Promise.all(links)).filter((path) => path.startsWith(folder));
}

/** Ids of all living processes whose command line holds this text. */
export async function processesRunning(text: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (command.split('\0').join(' ').includes(text)) found.push(Number(entry));
  }
  return found;
}

/** The benchmark hosts of a server, also after it has ended and they have another parent. */
export function benchmarkHostsOf(server: number): Promise<number[]> {
  return processesRunning(`benchmark-host.js ${server} `);
}

/** Ids of all living processes whose working directory is this folder. */
export async function processesIn(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const directory = await readlink(`/proc/${entry}/cwd`).catch(() => '');
    if (directory === folder) found.push(Number(entry));
  }
  return found;
}
