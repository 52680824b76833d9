import type { ProcessorTimes } from './processors.js';

/**
 * Returns the share (0 to 1) of the usable processors that other programs used during a sample; null if no time was
 * counted. With a quota of 2 on a machine with 64 processors, the first 62 processors that others use do not count.
 *
 * @param ownMs processor time of our own processes in that time.
 */
export function otherShare(
  before: ProcessorTimes,
  after: ProcessorTimes,
  ownMs: number,
  quota: number | null,
): number | null {
  const processors = after.totalMs.length;
  const capacityMs = sum(differences(before.totalMs, after.totalMs));
  if (processors === 0 || capacityMs <= 0) return null;
  const usable = Math.min(processors, quota ?? processors);
  const othersMs = Math.max(0, sum(differences(before.busyMs, after.busyMs)) - ownMs);
  const others = (processors * othersMs) / capacityMs;
  return Math.min(1, Math.max(0, others - (processors - usable)) / usable);
}

/** Splits our processor time over the processors, in proportion to how busy each one was. */
export function perProcessor(before: ProcessorTimes, after: ProcessorTimes, ownMs: number): number[] {
  const busy = differences(before.busyMs, after.busyMs);
  const all = sum(busy);
  return busy.map((ms) => (all > 0 ? (ownMs * ms) / all : ownMs / busy.length));
}

const differences = (before: readonly number[], after: readonly number[]): number[] =>
  after.map((value, index) => Math.max(0, value - (before[index] ?? value)));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
