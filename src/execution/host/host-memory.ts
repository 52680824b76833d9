import { readFileSync, writeFileSync } from 'node:fs';
import { machineMemoryBytes } from '../machine/machine-memory.js';

/** Memory for the host itself and for each worker. */
const MEGABYTES_EACH = 1_024;
/** The rest is for the API, the database and the file cache of the system. */
const SHARE_OF_MACHINE = 0.6;
/** Memory that a host needs before its first image. */
const LEAST_MEGABYTES = 256;
/** Out of 1,000 (proc_pid_oom_score_adj(5)): counts as half of the memory of the machine on top of its own. */
const OOM_SCORE = 500;

/** Returns the default memory limit of a host with this number of workers, in MiB. */
export function defaultHostMemoryMb(workers: number, memoryBytes = machineMemoryBytes()): number {
  const share = Math.floor((memoryBytes * SHARE_OF_MACHINE) / 2 ** 20);
  return Math.max(LEAST_MEGABYTES, Math.min(MEGABYTES_EACH * (1 + workers), share));
}

/** Makes Linux kill this process and its children before the API when the machine runs out of memory. */
export function preferForOomKill(): void {
  const file = '/proc/self/oom_score_adj';
  try {
    if (Number(readFileSync(file, 'utf8')) < OOM_SCORE) writeFileSync(file, String(OOM_SCORE));
  } catch {
    // Not Linux, or forbidden by a sandbox.
  }
}
