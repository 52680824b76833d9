import type { ConcurrencyModel } from '../execution/model.js';
import type { Cell } from './cell.js';

/** Figures of one timed batch, from a benchmark host. Times in milliseconds. */
export interface Measurement {
  /** Time from the submission of the batch until its last task ended; the workers were already running. */
  wallMs: number;
  /** Time until the workers were ready, including warm-up tasks. Not part of `wallMs`. */
  startupMs: number;
  /** Sum over all tasks. */
  computeMs: number;
  /** Sum over all tasks of the wait for the global lock. */
  lockWaitMs: number;
  /** Sum over all tasks of the time between submission and start. */
  waitMs: number;
  /** Wall time of a batch of the same number of empty tasks: the cost of dispatch alone. */
  dispatchMs: number;
  /** Processor time of the host and its children. */
  cpuMs: number;
  /** `cpuMs` by processor, in proportion to how busy each one was; empty where the system has no such figures. */
  cpuPerCoreMs: number[];
  /** Highest resident memory of the host and its children together. Linux: pages of shared files count once. */
  peakRssBytes: number;
  /** 99th percentile of the delay of timers on the event loop that dispatched the tasks. */
  eventLoopDelayP99Ms: number;
  /** 0 to 1. */
  eventLoopUtilization: number;
  /** 0 to 1: share of the usable processors that other programs took; null where unknown. */
  otherCpuShare: number | null;
  /** Time that a CPU quota stopped the process; null where there is no quota. Samples of version 0.1 lack it. */
  throttledMs?: number | null;
  /** SHA-256, hexadecimal, over all outputs in the order of the tasks. */
  outputDigest: string;
  /** The user's task returned a different result than in an earlier sample of the same work. Default: no difference. */
  otherResult?: OtherResult;
  /** What did the work if it is none of the engines of this program, such as `Pillow 12.0`; in imported samples alone. */
  implementation?: string;
}

/** Where the results of two samples of the same work differ. */
export interface OtherResult {
  /** Index of the first input with another result. */
  input: number;
  /** Model of the earlier sample. */
  model: ConcurrencyModel;
}

/** One task of a sample, in milliseconds since the sample began. */
export interface TaskSpan {
  /** Index in the batch. */
  task: number;
  /** From 0; one lane of a chart for each. */
  worker: number;
  queuedMs: number;
  startMs: number;
  lockWaitMs: number;
  computeMs: number;
  endMs: number;
}

/**
 * Timeline of one sample. Stored only for the median sample of a cell, because it is many times larger than the
 * figures.
 */
export interface SampleTrace {
  /** In order of start, at most {@link MAX_SPANS}. */
  timeline: TaskSpan[];
  /** Delays of timers on the dispatching event loop over the sample, at most 100 values. */
  eventLoopDelaysMs: number[];
}

export const MAX_SPANS = 2000;

/** Answer of a benchmark host. */
export interface TracedMeasurement extends Measurement {
  trace: SampleTrace;
  /** For a user's task: hashes that the runner compares between samples. */
  userTask?: UserTaskHashes;
}

/** Hashes that are equal in every sample of the same work. */
export interface UserTaskHashes {
  /** Over all inputs. */
  inputs: string;
  /** Of the result for each input; shortened to 16 digits. */
  results: string[];
}

/** One stored sample of a cell. */
export interface BenchmarkSample extends Cell, Measurement {
  /** From 0. */
  repetition: number;
  /** Present for the median sample of a cell, where it was loaded. */
  trace?: SampleTrace;
}

/** Parts of a wall time in milliseconds; compute, lock wait and overhead add up to it. */
export interface TimeBreakdown {
  startupMs: number;
  /** From the start of a task to its end, including waiting for a processor. */
  computeMs: number;
  lockWaitMs: number;
  overheadMs: number;
}

/**
 * Splits the wall time of a sample over its lanes. A lane runs one task at a time: a batch of 10 tasks on 4 workers
 * has 4 lanes, and an event loop is one lane. The times of tasks that take turns on one event loop include each
 * other; then the number of lanes is the number of overlapping tasks, and the overhead is unknown (see {@link
 * hasOverhead}).
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

/** Whether the overhead of a model can be derived from the times of its tasks. */
export const hasOverhead = (model: ConcurrencyModel): boolean => model !== 'ASYNC';

/** Tasks of a batch that can run at the same time. */
function laneCount({ model, imageCount, workers }: Pick<Cell, 'model' | 'imageCount' | 'workers'>): number {
  return model === 'SYNC' || model === 'ASYNC' ? 1 : Math.min(workers, imageCount);
}

/** The middle sample by wall time; the faster one of the two for an even number. Undefined without samples. */
export function medianSample<Sample extends { wallMs: number }>(
  samples: readonly Sample[],
): Sample | undefined {
  const byTime = samples.toSorted((a, b) => a.wallMs - b.wallMs);
  return byTime[(byTime.length - 1) >> 1];
}
