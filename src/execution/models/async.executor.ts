import { LoopExecutor, type LoopOptions } from './loop.executor.js';

/**
 * Keeps `workers` tasks in flight on one event loop. JavaScript code gains nothing by it; native code runs in parallel
 * on the threads of libuv.
 */
export class AsyncExecutor extends LoopExecutor {
  constructor(options: LoopOptions) {
    super('ASYNC', options.workers, options);
  }
}
