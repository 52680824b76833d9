import type { TaskWorkerOptions } from '../workers/task-worker.js';
import { threadStarter } from '../workers/thread.worker.js';
import { PoolExecutor, type PoolOptions } from './pool.executor.js';

/** Worker threads without a lock. Sources lie in shared memory and are read in place; results are moved. */
export class ThreadsExecutor extends PoolExecutor {
  constructor(options: PoolOptions & TaskWorkerOptions) {
    super('THREADS', threadStarter(options), options);
  }
}
