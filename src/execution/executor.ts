import type { ErrorData } from '../errors.js';
import type { EngineInfo, ImageInfo } from '../imaging/engine-info.js';
import type { ImagingLimits } from '../imaging/limits.js';
import type { ImageEngineName, ImageFormat, Operation } from '../imaging/operation.js';
import type { ConcurrencyModel } from './model.js';

/** One unit of CPU-bound work, as data. EMPTY does nothing: it shows what dispatch alone costs. */
export type Task =
  | { kind: 'EMPTY' }
  | { kind: 'FIBONACCI'; n: number }
  | {
      kind: 'IMAGE';
      /** The encoded source. In shared memory where threads are to read it in place. */
      bytes: Uint8Array;
      engine: ImageEngineName;
      operations: readonly Operation[];
      limits: ImagingLimits;
      /** The time limit of the executor, for engines that can stop by themselves; left out: the executor stops it. */
      timeLimitMs?: number;
    }
  /** What the header of an encoded picture tells. */
  | { kind: 'INSPECT'; bytes: Uint8Array; limits: ImagingLimits }
  /** What the engines of this build can do. */
  | { kind: 'ENGINES' };

/** What a task gives. */
export type TaskResult =
  | { kind: 'EMPTY' }
  | { kind: 'FIBONACCI'; value: number }
  | { kind: 'IMAGE'; bytes: Uint8Array; format: ImageFormat; width: number; height: number }
  | { kind: 'INSPECT'; info: ImageInfo }
  | { kind: 'ENGINES'; engines: EngineInfo[] };

/** Where a task's time went, in milliseconds. */
export interface TaskTimes {
  /** From hand-over to the executor until a worker began. */
  waitMs: number;
  /** Waiting for the global lock; 0 in models without one. */
  lockWaitMs: number;
  /** Computing, lock wait not counted. */
  computeMs: number;
}

/** How a task ended. A failed task never loses the others. */
export type TaskOutcome =
  | ({ status: 'DONE'; result: TaskResult } & TaskTimes)
  | { status: 'FAILED'; error: ErrorData };

export interface RunOptions {
  /** Aborting stops what runs and fails what waits with CANCELLED; `run` then settles promptly. */
  signal?: AbortSignal;
  /** Called as each task ends, in order of ending. */
  onSettled?: (index: number, outcome: TaskOutcome) => void;
}

/**
 * One way of running tasks. An executor is started once, runs any number of batches, also at the same time, and is
 * stopped; `stop` may be called at any time, also twice, and leaves no thread and no process.
 */
export interface Executor {
  readonly model: ConcurrencyModel;
  readonly workers: number;

  /** Brings the workers up; resolves when each has said that it is ready. */
  start(): Promise<{ startupMs: number }>;

  /**
   * Runs the tasks; outcomes in the order of the tasks. Never rejects because a task failed: a task whose worker
   * was lost fails with PROCESSING_FAILED, `reason` WORKER_EXITED, OUT_OF_MEMORY or TIMEOUT, `retryable: true`.
   */
  run(tasks: readonly Task[], options?: RunOptions): Promise<TaskOutcome[]>;

  /** Calls off what still runs or waits (CANCELLED) and resolves when nothing of the workers is left. */
  stop(): Promise<void>;
}
