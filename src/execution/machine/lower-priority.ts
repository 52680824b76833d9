import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * Lowers the priority of this process to a nice value, 1 to 19, so that the server stays quick while every processor is
 * busy. Never raises it: a parent that stands back further was told to, and raising is forbidden.
 *
 * On Linux a nice value belongs to a thread and is passed on to those it starts: it is set for all there are now. And
 * where sessions are weighed against each other, niceness counts only within one (sched(7), the autogroup feature): a
 * process that leads a session of its own, which began with the full weight, lowers that too.
 */
export function lowerPriority(niceness: number): void {
  for (const thread of threads()) attempt(() => lower(thread, niceness));
  attempt(() => {
    if (leadsSession()) writeFileSync('/proc/self/autogroup', String(niceness));
  });
}

function lower(thread: number, niceness: number): void {
  if (getPriority(thread) < niceness) setPriority(thread, niceness);
}

/** 0: the process that asks. */
function threads(): number[] {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
}

/** The sixth field of the file is the session; the second, a name in brackets, can hold anything (proc(5)). */
function leadsSession(): boolean {
  const [, , , session] = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(session) === process.pid;
}

/** Forbidden by a sandbox, a thread that has just ended, or another system: the work is done all the same. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // As said above.
  }
}
