import type { AppError } from '../../errors.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { RunOptions, Task } from '../executor.js';
import type { TaskReport } from './run-task.js';

/** Options of one task. */
export type TaskOptions = Pick<RunOptions, 'memoryLimitMb' | 'givesSources'>;

/** A thread or a process that runs one task at a time. */
export interface TaskWorker {
  /**
   * Settles when the worker reports; stays pending when the worker dies, which `onEnd` reports.
   *
   * @param options memory limit of this task, and whether its source may be taken
   */
  run(task: Task, options: TaskOptions): Promise<TaskReport>;

  /** True while the worker waits for a lock; the time limit of its task then restarts. */
  readonly blocked: boolean;

  /** Ends the worker at once, busy or idle; resolves when it has ended. */
  kill(): Promise<void>;
}

export interface TaskWorkerEvents {
  /** The worker is loaded and accepts tasks. */
  onReady(): void;
  /** The worker has ended, for any reason; called once. */
  onEnd(why: AppError): void;
}

export type StartTaskWorker = (events: TaskWorkerEvents) => TaskWorker;

/** Options of every kind of worker. */
export interface TaskWorkerOptions {
  /** Task module to load. */
  taskModule: URL;
  /** Engines to load before the worker is ready. */
  preload: readonly ImageEngineName[];
  /** JavaScript heap limit of one worker in MiB; image buffers are outside the heap. Default: that of V8. */
  heapLimitMb?: number;
  /** Resident memory limit of one worker process in MiB, on Linux only; not for threads. Default: no limit. */
  memoryLimitMb?: number;
  /** Where worker processes write errors, such as V8's report of a full heap. Default: as this process. */
  stderr?: 'inherit' | 'ignore';
}
