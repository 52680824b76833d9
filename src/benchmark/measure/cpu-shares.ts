import type { ProcessorTimes } from './processors.js';

/**
 * 0 to 1: how much of the processors we may use other programs took, from the times at the start and at the
 * end of a sample, or null where no time was counted. With a quota of 2 on a machine of 64 processors, others
 * take from us only what lies beyond the 62 that we could not have used.
 *
 * @param ownMs processor time of our own processes meanwhile.
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

/** Our own processor time split over the processors in proportion to how busy each one was. */
export function perProcessor(before: ProcessorTimes, after: ProcessorTimes, ownMs: number): number[] {
  const busy = differences(before.busyMs, after.busyMs);
  const all = sum(busy);
  return busy.map((ms) => (all > 0 ? (ownMs * ms) / all : ownMs / busy.length));
}

const differences = (before: readonly number[], after: readonly number[]): number[] =>
  after.map((value, index) => Math.max(0, value - (before[index] ?? value)));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
