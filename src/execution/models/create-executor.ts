import type { Executor } from '../executor.js';
import type { ConcurrencyModel } from '../model.js';
import type { TaskWorkerOptions } from '../workers/task-worker.js';
import { AsyncExecutor } from './async.executor.js';
import type { PoolOptions } from './pool.executor.js';
import { ProcessesExecutor } from './processes.executor.js';
import { SyncExecutor } from './sync.executor.js';
import { ThreadsExecutor } from './threads.executor.js';
import { ThreadsLockedExecutor } from './threads-locked.executor.js';

export interface ExecutorOptions extends Partial<PoolOptions & TaskWorkerOptions> {
  workers: number;
}

const EXECUTORS: Record<ConcurrencyModel, new (options: PoolOptions & TaskWorkerOptions) => Executor> = {
  SYNC: SyncExecutor,
  ASYNC: AsyncExecutor,
  THREADS_LOCKED: ThreadsLockedExecutor,
  PROCESSES: ProcessesExecutor,
  THREADS: ThreadsExecutor,
};

/**
 * Creates the executor of a model. Defaults: two minutes per task, no engine preloaded, no memory limits, and the
 * task module `run-task`.
 */
export function createExecutor(model: ConcurrencyModel, options: ExecutorOptions): Executor {
  return new EXECUTORS[model]({
    taskTimeoutMs: 120_000,
    preload: [],
    taskModule: new URL('../workers/run-task.js', import.meta.url),
    ...options,
  });
}
