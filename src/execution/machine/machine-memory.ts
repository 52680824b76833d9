import { totalmem } from 'node:os';

/** Returns the memory available to this process in bytes, with the limit of a container. */
export function machineMemoryBytes(): number {
  const constrained = process.constrainedMemory();
  // 0 or a huge number means no limit.
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
