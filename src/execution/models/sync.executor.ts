import { LoopExecutor, type LoopOptions } from './loop.executor.js';

/** One task after another on one event loop, however many workers are asked for: the baseline. */
export class SyncExecutor extends LoopExecutor {
  constructor(options: LoopOptions) {
    super('SYNC', 1, options);
  }
}
