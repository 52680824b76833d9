import { LoopExecutor, type LoopOptions } from './loop.executor.js';

/** Runs one task after another on one event loop, whatever `workers` is: the baseline. */
export class SyncExecutor extends LoopExecutor {
  constructor(options: LoopOptions) {
    super('SYNC', 1, options);
  }
}
