import { PoolExecutor, type PoolOptions } from './pool.executor.js';
import type { TaskWorkerOptions } from './task-worker.js';
import { threadStarter } from './thread.worker.js';

/** Worker threads without a lock. Sources lie in shared memory and are read in place; results are moved. */
export class ThreadsExecutor extends PoolExecutor {
  constructor(options: PoolOptions & TaskWorkerOptions) {
    super('THREADS', threadStarter(options), options);
  }
}
