import { totalmem } from 'node:os';

/** Bytes of memory that there are: of the container, where there is one that bounds them. */
export function machineMemoryBytes(): number {
  const constrained = process.constrainedMemory();
  // Without a bound it is 0, or more than any machine has.
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
