import { processStarter } from '../workers/process.worker.js';
import type { TaskWorkerOptions } from '../workers/task-worker.js';
import { PoolExecutor, type PoolOptions } from './pool.executor.js';

/** Runs tasks in forked processes. Sources and results are copied over IPC by structured clone. */
export class ProcessesExecutor extends PoolExecutor {
  constructor(options: PoolOptions & TaskWorkerOptions) {
    super('PROCESSES', processStarter(options), options);
  }
}
