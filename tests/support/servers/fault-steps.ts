/** The steps of an item's life, in order, at which a server can be made to die. */
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
  /** Committed, nobody told. */
  'WRITTEN',
  /** Every item of the chunk has ended, its entry is still there. */
  'CHUNK ENDED',
  'COMPLETED',
] as const;
export type FaultStep = (typeof FAULT_STEPS)[number];

/** The steps between STARTED and COMPUTED, at which the compute host can be made to die: of a result's file. */
export const FILE_STEPS = ['FILE BEGUN', 'FILE WRITTEN', 'FILE SYNCED', 'FILE NAMED'] as const;
export type FileStep = (typeof FILE_STEPS)[number];

/** The file that a compute host leaves which dies for a server, by the server's folder and process. */
export const faultMark = (folder: string, pid: number): string => `${folder}/fault-${pid}`;

let skip = Number(process.env.FAULT_SKIP ?? 0);

/** Kills this process at the step that `FAULT_STEP` names, when it has passed it `FAULT_SKIP` times. */
export function reach(step: FaultStep | FileStep, mayDie: () => boolean = () => true): void {
  if (process.env.FAULT_STEP === step && --skip < 0 && mayDie()) process.kill(process.pid, 'SIGKILL');
}
