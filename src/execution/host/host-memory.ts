import { readFileSync, writeFileSync } from 'node:fs';
import { machineMemoryBytes } from '../machine/machine-memory.js';

/** For the host itself, and again for each worker. */
const MEGABYTES_EACH = 1_024;
/** The rest is for the API, the database and the files that the system holds. */
const SHARE_OF_MACHINE = 0.6;
/** A host needs about as much before it has a picture. */
const LEAST_MEGABYTES = 256;
/** Of 1,000, proc_pid_oom_score_adj(5): as if it held half of the machine's memory more than it does. */
const OOM_SCORE = 500;

/** Resident memory in MiB at which a host of so many workers is replaced, unless a setting says otherwise. */
export function defaultHostMemoryMb(workers: number, memoryBytes = machineMemoryBytes()): number {
  const share = Math.floor((memoryBytes * SHARE_OF_MACHINE) / 2 ** 20);
  return Math.max(LEAST_MEGABYTES, Math.min(MEGABYTES_EACH * (1 + workers), share));
}

/** Where memory runs out all the same, Linux ends this process and those it starts, and not the API beside them. */
export function goFirstOutOfMemory(): void {
  const file = '/proc/self/oom_score_adj';
  try {
    if (Number(readFileSync(file, 'utf8')) < OOM_SCORE) writeFileSync(file, String(OOM_SCORE));
  } catch {
    // Another system, or forbidden by a sandbox.
  }
}
