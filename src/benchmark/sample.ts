import type { ConcurrencyModel } from '../execution/model.js';
import type { Cell } from './cell.js';

/** What a benchmark host measured in one timed batch. Times in milliseconds. */
export interface Measurement {
  /** From handing the batch to the executor until its last task ended; the workers were up already. */
  wallMs: number;
  /** Until the workers were ready, the warm-up tasks included. Not part of `wallMs`. */
  startupMs: number;
  /** Sum over all tasks. */
  computeMs: number;
  /** Sum over all tasks of the wait for the global lock. */
  lockWaitMs: number;
  /** Sum over all tasks of the time between hand-over and a worker's beginning. */
  waitMs: number;
  /** Wall time of a batch of as many empty tasks: what dispatch alone costs. */
  dispatchMs: number;
  /** Processor time of the host and its children. */
  cpuMs: number;
  /** `cpuMs` by processor, in proportion to how busy each one was; empty where the system does not tell. */
  cpuPerCoreMs: number[];
  /** Highest resident memory of the host and its children together; on Linux, pages of files that they share once. */
  peakRssBytes: number;
  /** Beyond the moment they were due, 99th percentile, on the loop that started the work. */
  eventLoopDelayP99Ms: number;
  /** 0 to 1. */
  eventLoopUtilization: number;
  /** 0 to 1: the share of the processors we may use that other programs took; null where unknown. */
  otherCpuShare: number | null;
  /** SHA-256, hexadecimal, over all outputs in the order of the tasks. */
  outputDigest: string;
}

/** One measured sample of a cell; what is stored. */
export interface BenchmarkSample extends Cell, Measurement {
  /** Counted from 0. */
  repetition: number;
}

/**
 * Where a wall time went, in milliseconds; compute, lock wait and overhead add up to it. Compute is from a task's begin
 * to its end, waiting for a processor included.
 */
export interface TimeBreakdown {
  startupMs: number;
  computeMs: number;
  lockWaitMs: number;
  overheadMs: number;
}

/**
 * The wall time of a sample by what its lanes did: a lane is what can run one task at a time, so a batch of
 * 10 tasks on 4 workers has 4 lanes for the length of the wall time. An event loop is one lane. Tasks that take
 * turns on it count each other's time as theirs; then there are as many lanes as tasks overlapped, and no overhead
 * is left to tell: see {@link tellsOverhead}.
 */
export function timeBreakdown(sample: BenchmarkSample): TimeBreakdown {
  const { wallMs, startupMs, computeMs, lockWaitMs } = sample;
  const accounted = computeMs + lockWaitMs;
  const lanes = Math.max(laneCount(sample), wallMs > 0 ? accounted / wallMs : 1);
  return {
    startupMs,
    computeMs: computeMs / lanes,
    lockWaitMs: lockWaitMs / lanes,
    overheadMs: Math.max(0, wallMs - accounted / lanes),
  };
}

/** Whether the overhead of a model can be told from what its tasks took. */
export const tellsOverhead = (model: ConcurrencyModel): boolean => model !== 'ASYNC';

/** How many tasks of a batch can run at a time. */
function laneCount({ model, imageCount, workers }: Omit<Cell, 'engine'>): number {
  return model === 'SYNC' || model === 'ASYNC' ? 1 : Math.min(workers, imageCount);
}
