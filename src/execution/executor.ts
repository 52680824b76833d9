import type { ErrorData } from '../errors.js';
import type { ImageDescription } from '../imaging/describe-image.js';
import type { ImageInfo } from '../imaging/engine-info.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { ImageFormat } from '../imaging/image-format.js';
import type { ImagingLimits } from '../imaging/limits.js';
import type { Operation } from '../imaging/operation.js';
import type { ConcurrencyModel } from './model.js';

/** One unit of CPU-bound work, as data. EMPTY does nothing and measures the cost of dispatch. */
export type Task =
  | { kind: 'EMPTY' }
  | {
      kind: 'FIBONACCI';
      n: number;
      /** Share of its time that it waits on a timer, 0 to 0.95. Default: 0. Divides the task into 20 slices. */
      waitShare?: number;
      /** Share of its steps that hold the global lock, 0 to 1. Default: 1. Divides the task into 20 slices. */
      lockShare?: number;
      /** Payload that is sent to the worker and returned. */
      bytes?: Uint8Array;
    }
  | {
      kind: 'USER';
      /** URL of a task module. */
      module: string;
      input: unknown;
      /** Index of the input in the inputs of the module. */
      index: number;
      /** 0: holds no lock; 1: holds the global lock from start to end. Default: 1. */
      lockShare?: 0 | 1;
    }
  /** Several tasks in one message; one that fails fails all of them. */
  | { kind: 'CHUNK'; tasks: readonly Task[] }
  | {
      kind: 'IMAGE';
      /** Encoded source; in shared memory when threads read it in place. */
      bytes: Uint8Array;
      engine: ImageEngineName;
      operations: readonly Operation[];
      /** The point that gravity FOCAL_POINT keeps: shares of width and height, 0 to 1; default: none. */
      focalPoint?: { x: number; y: number };
      limits: ImagingLimits;
      /** Time limit for engines that can stop by themselves. Default: only the executor stops the task. */
      timeLimitMs?: number;
      /** Share of the steps that hold the global lock, 0 to 1. Default: 1. */
      lockShare?: number;
    }
  /** Reads the header of an encoded image. */
  | { kind: 'INSPECT'; bytes: Uint8Array; limits: ImagingLimits }
  /** Decodes an encoded image at a small size and describes it. */
  | { kind: 'DESCRIBE'; bytes: Uint8Array; limits: ImagingLimits };

/** Result of a task, by the kind of the task. */
export type TaskResult =
  | { kind: 'EMPTY' }
  | { kind: 'FIBONACCI'; value: number; bytes?: Uint8Array }
  /** What the function returned; a value that can be cloned. */
  | { kind: 'USER'; value: unknown }
  | { kind: 'CHUNK'; parts: ChunkPart[] }
  | { kind: 'IMAGE'; bytes: Uint8Array; format: ImageFormat; width: number; height: number; frames: number }
  | { kind: 'INSPECT'; info: ImageInfo }
  | { kind: 'DESCRIBE'; description: ImageDescription };

/** One task of a chunk that has ended. */
export interface ChunkPart {
  result: TaskResult;
  startedAtMs: number;
  lockWaitMs: number;
  computeMs: number;
}

/** Time of a task by phase, in milliseconds. */
export interface TaskTimes {
  /** From submission to the executor until a worker started it. */
  waitMs: number;
  /** Waiting for the global lock; 0 in models without one. */
  lockWaitMs: number;
  /** Computing, without the lock wait. */
  computeMs: number;
  /** Number of the worker that ran it, from 0; of the slot in flight, in models without workers. */
  worker: number;
  /** On the monotonic clock of the machine, as are the spans of other threads and processes. */
  submittedAtMs: number;
  startedAtMs: number;
}

/** Outcome of a task. A failed task does not affect the others. */
export type TaskOutcome =
  | ({ status: 'DONE'; result: TaskResult } & TaskTimes)
  | { status: 'FAILED'; error: ErrorData };

export interface RunOptions {
  /** Aborting stops running tasks and fails waiting ones with CANCELLED; `run` then settles promptly. */
  signal?: AbortSignal;
  /** Resident memory in MiB of a worker process for each of these tasks (default: that of the executor). */
  memoryLimitMb?: number | undefined;
  /**
   * True: the sources of images belong to the executor from now on. A thread takes the memory itself, and the caller may
   * no longer read it. Default: they are shared or copied.
   */
  givesSources?: boolean;
  /** Called when a task ends, in the order in which they end. */
  onSettled?: (index: number, outcome: TaskOutcome) => void;
}

/**
 * Runs tasks under one concurrency model. Start it once; run any number of batches, also concurrently; then stop it.
 * `stop` may be called at any time and more than once, and leaves no thread and no process.
 */
export interface Executor {
  readonly model: ConcurrencyModel;
  readonly workers: number;

  /** Starts the workers; resolves when all of them are ready. */
  start(): Promise<{ startupMs: number }>;

  /**
   * Runs the tasks; outcomes in the order of the tasks. Never rejects because a task failed: a task whose worker
   * was lost fails with PROCESSING_FAILED, `reason` WORKER_EXITED, OUT_OF_MEMORY or TIMEOUT, `retryable: true`.
   */
  run(tasks: readonly Task[], options?: RunOptions): Promise<TaskOutcome[]>;

  /** Cancels running and waiting tasks (CANCELLED); resolves when every worker has ended. */
  stop(): Promise<void>;
}
