import { GlobalLock } from '../workers/global-lock.js';
import type { TaskWorkerOptions } from '../workers/task-worker.js';
import { threadStarter } from '../workers/thread.worker.js';
import { PoolExecutor, type PoolOptions } from './pool.executor.js';

/**
 * Runs tasks in worker threads that share one lock, held during every CPU-bound step (decode, each operation, encode)
 * and released between steps: a strict global interpreter lock that native code does not release either.
 */
export class ThreadsLockedExecutor extends PoolExecutor {
  constructor(options: PoolOptions & TaskWorkerOptions) {
    super('THREADS_LOCKED', threadStarter(options, GlobalLock.memory()), options);
  }
}
