import type { AppError } from '../../errors.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import type { Task } from '../executor.js';
import type { TaskReport } from './run-task.js';

/** A thread or a process that runs one task at a time. */
export interface TaskWorker {
  /** Settles when the worker answers; stays pending when it dies, which `onEnd` tells. */
  run(task: Task): Promise<TaskReport>;

  /** Waits for what another worker holds: the time limit of its task then starts anew. */
  readonly blocked: boolean;

  /** Ends it at once, busy or not; resolves when nothing of it is left. */
  kill(): Promise<void>;
}

export interface TaskWorkerEvents {
  /** The worker has loaded everything and takes tasks. */
  onReady(): void;
  /** It is gone, expected or not, ready or not; called once. */
  onEnd(why: AppError): void;
}

export type StartTaskWorker = (events: TaskWorkerEvents) => TaskWorker;

/** What every kind of worker is started with. */
export interface TaskWorkerOptions {
  /** The module that exports `prepare` and `runTask`: `run-task`, or in tests one whose tasks fail. */
  taskModule: URL;
  /** Engines to load before the worker says that it is ready. */
  preload: readonly ImageEngineName[];
  /** JavaScript heap of one worker in MiB; pictures lie outside it. Left out: what V8 thinks fit. */
  heapLimitMb?: number;
  /** Resident memory of one worker process in MiB, on Linux; threads have none of their own. Left out: no limit. */
  memoryLimitMb?: number;
}
