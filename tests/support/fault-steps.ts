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
