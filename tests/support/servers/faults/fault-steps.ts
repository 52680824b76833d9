import { readFileSync, unlinkSync } from 'node:fs';

/** Steps of an item's life, in order, at which a server can kill itself. */
export const FAULT_STEPS = [
  /** Rows and queue entries are written, not committed. */
  'STORED',
  /** Committed, not answered. */
  'ACCEPTED',
  'CLAIMED',
  /** Started in its row, sent to the compute host. */
  'STARTED',
  /** The result's file is on the disk, its row is not written. */
  'COMPUTED',
  /** Committed, not published. */
  'WRITTEN',
  /** Every item of the chunk has ended, its entry is still there. */
  'CHUNK ENDED',
  'COMPLETED',
] as const;
export type FaultStep = (typeof FAULT_STEPS)[number];

/** Steps of writing a result, between STARTED and COMPUTED, at which the compute host can kill itself. */
export const FILE_STEPS = ['FILE BEGUN', 'FILE WRITTEN', 'FILE SYNCED', 'FILE NAMED'] as const;
export type FileStep = (typeof FILE_STEPS)[number];

/** File in a server's folder that arms a fault; the process that kills itself removes it. */
export const faultFile = (folder: string): string => `${folder}/fault`;

/** Content of that file: the step, and how often it is passed before. The id distinguishes two equal faults. */
export const faultOf = (step: FaultStep | FileStep, skip: number): string =>
  `${step}:${skip}:${crypto.randomUUID()}`;

let armed = '';
let skipsLeft = 0;

/** Kills this process if the file arms this step and it has been passed often enough. */
export function reach(step: FaultStep | FileStep, file: string): void {
  const fault = contentOf(file);
  const [name, skip] = fault.split(':');
  if (name !== step) return;
  if (armed !== fault) skipsLeft = Number(skip);
  armed = fault;
  if (--skipsLeft >= 0) return;
  unlinkSync(file);
  process.kill(process.pid, 'SIGKILL');
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
