import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * Lowers the priority of this process to a nice value, 1 to 19, so that the API stays responsive while every processor
 * is busy. Never raises the priority: an inherited lower one is intended, and raising is not permitted.
 *
 * On Linux the nice value is a property of each thread, inherited by the threads that it starts, so it is set for all
 * existing threads. With autogroups (sched(7)) nice values count only within a session, so a process that leads its own
 * session also lowers the weight of that session.
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

/** Thread ids of this process; 0 means the calling process. */
function threads(): number[] {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
}

/** Reads the session id, the sixth field; the second field, a name in brackets, may contain any character (proc(5)). */
function leadsSession(): boolean {
  const [, , , session] = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(session) === process.pid;
}

/** Ignores errors: a sandbox may forbid it, the thread may have ended, or the system may not support it. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Priority is an optimisation.
  }
}
