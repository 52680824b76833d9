import type { ImageEngineName } from '../imaging/operation.js';
import { AsyncExecutor } from './async.executor.js';
import type { Executor } from './executor.js';
import type { ConcurrencyModel } from './model.js';
import type { PoolOptions } from './pool.executor.js';
import { ProcessesExecutor } from './processes.executor.js';
import { SyncExecutor } from './sync.executor.js';
import type { TaskWorkerOptions } from './task-worker.js';
import { ThreadsExecutor } from './threads.executor.js';
import { ThreadsLockedExecutor } from './threads-locked.executor.js';

export interface ExecutorOptions {
  workers: number;
  /** Milliseconds that one task may take; left out: two minutes. */
  taskTimeoutMs?: number;
  /** JavaScript heap of one worker in MiB; left out: 1,024. */
  heapLimitMb?: number;
  /** Resident memory of one worker process in MiB, on Linux; left out: 2,048. Nothing bounds that of a thread. */
  memoryLimitMb?: number;
  /** Engines that are loaded before a worker counts as ready; left out: none, each is loaded by its first task. */
  preload?: readonly ImageEngineName[];
  /** Called when a killed worker does not go away, as native code holds it: only the end of the process helps. */
  onStuck?: () => void;
  /** What workers run instead of `run-task`: for tests, which bring tasks that fail. */
  taskModule?: URL;
}

const EXECUTORS: Record<ConcurrencyModel, new (options: PoolOptions & TaskWorkerOptions) => Executor> = {
  SYNC: SyncExecutor,
  ASYNC: AsyncExecutor,
  THREADS_LOCKED: ThreadsLockedExecutor,
  PROCESSES: ProcessesExecutor,
  THREADS: ThreadsExecutor,
};

/** The executor of a model: the one place that knows them all. */
export function createExecutor(model: ConcurrencyModel, options: ExecutorOptions): Executor {
  return new EXECUTORS[model]({
    taskTimeoutMs: 120_000,
    heapLimitMb: 1_024,
    memoryLimitMb: 2_048,
    preload: [],
    taskModule: new URL('./run-task.js', import.meta.url),
    ...options,
  });
}
