import type { TaskWorkerOptions } from '../workers/task-worker.js';
import { threadStarter } from '../workers/thread.worker.js';
import { PoolExecutor, type PoolOptions } from './pool.executor.js';

/**
 * Runs tasks in worker threads without a lock. Sources are read in place in shared memory, or moved to the thread where
 * the caller gives them away; results are moved.
 */
export class ThreadsExecutor extends PoolExecutor {
  constructor(options: PoolOptions & TaskWorkerOptions) {
    super('THREADS', threadStarter(options), options);
  }
}
