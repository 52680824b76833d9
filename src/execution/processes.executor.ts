import { PoolExecutor, type PoolOptions } from './pool.executor.js';
import { processStarter } from './process.worker.js';
import type { TaskWorkerOptions } from './task-worker.js';

/** Forked processes. Sources and results are copied through a pipe by structured clone. */
export class ProcessesExecutor extends PoolExecutor {
  constructor(options: PoolOptions & TaskWorkerOptions) {
    super('PROCESSES', processStarter(options), options);
  }
}
