import { LoopExecutor, type LoopOptions } from './loop.executor.js';

/**
 * As many tasks in flight on one event loop as there are workers. What computes in JavaScript gains nothing by it;
 * what computes in native code runs on libuv's threads, in parallel.
 */
export class AsyncExecutor extends LoopExecutor {
  constructor(options: LoopOptions) {
    super('ASYNC', options.workers, options);
  }
}
