import { readFileSync } from 'node:fs';

/** State of the main thread of a process. */
export interface ThreadState {
  /** Runnable, or waiting for a disk; not stopped, and not idle. */
  runnable: boolean;
  /** Processor time in seconds. */
  cpuSeconds: number;
}

/** Linux reports times in this unit to programs, whatever the kernel uses itself. */
const TICKS_PER_SECOND = 100;
/** An event loop that has had this much processor time without an answer is stuck, not starved. */
const STUCK_CPU_SECONDS = 2;

/** Reads the state of a process from /proc; undefined where there is none, on other systems than Linux. */
export function mainThreadState(pid: number): ThreadState | undefined {
  try {
    return parseState(readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Parses /proc/…/stat (proc(5)): state, and user and system time as the 12th and 13th field after the name. */
export function parseState(stat: string): ThreadState {
  // The name, in parentheses, may contain blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { runnable: fields[0] === 'R' || fields[0] === 'D', cpuSeconds: ticks / TICKS_PER_SECOND };
}

/** Returns true if a process that does not answer waits for a processor, as one of low priority does on a full machine. */
export function isStarved(before: ThreadState | undefined, now: ThreadState | undefined): boolean {
  if (before === undefined || now === undefined || !now.runnable) return false;
  return now.cpuSeconds - before.cpuSeconds < STUCK_CPU_SECONDS;
}
