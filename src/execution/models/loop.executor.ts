import { setImmediate as nextTurn } from 'node:timers/promises';
import { toErrorData } from '../../errors.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { Executor, RunOptions, Task, TaskOutcome } from '../executor.js';
import type { ConcurrencyModel } from '../model.js';
import type { TaskModule } from '../workers/run-task.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';
import { PendingTask } from './pending-task.js';

export interface LoopOptions {
  workers: number;
  taskTimeoutMs: number;
  taskModule: URL;
  preload: readonly ImageEngineName[];
}

/**
 * Runs tasks on the event loop of the calling thread, with a fixed number in flight. Synchronous code cannot be
 * interrupted here: the time limit and an abort take effect on the next turn of the event loop.
 */
export class LoopExecutor implements Executor {
  readonly workers: number;
  readonly #stopping = new AbortController();
  #module: TaskModule | undefined;

  constructor(
    readonly model: ConcurrencyModel,
    private readonly inFlight: number,
    private readonly options: LoopOptions,
  ) {
    this.workers = options.workers;
  }

  async start(): Promise<{ startupMs: number }> {
    const start = performance.now();
    const module: TaskModule = await import(this.options.taskModule.href);
    await module.prepare(this.options.preload);
    this.#module = module;
    return { startupMs: performance.now() - start };
  }

  async run(tasks: readonly Task[], { signal, onSettled }: RunOptions = {}): Promise<TaskOutcome[]> {
    if (!this.#module && !this.#stopping.signal.aborted) throw new Error('The executor has not been started');
    const entries = tasks.map(
      (task, index) => new PendingTask(task, (outcome) => onSettled?.(index, outcome)),
    );
    const off = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal;
    const cancel = () => {
      for (const entry of entries) entry.fail(toErrorData(cancelled()));
    };
    if (off.aborted) cancel();
    off.addEventListener('abort', cancel, { once: true });
    const queue = entries.values();
    const loops = Array.from({ length: this.inFlight }, async (_, index) => {
      for (const entry of queue) {
        if (!entry.settled) await this.#perform(entry, index);
        // Yields, so that an abort and other waiting events are handled between tasks.
        await nextTurn();
      }
    });
    await Promise.all(loops);
    off.removeEventListener('abort', cancel);
    return Promise.all(entries.map((entry) => entry.outcome));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
  }

  async #perform(entry: PendingTask, index: number): Promise<void> {
    const { taskTimeoutMs } = this.options;
    const timer = setTimeout(() => {
      entry.fail(toErrorData(workerLost('TIMEOUT', `The task took longer than ${taskTimeoutMs} ms`)));
    }, taskTimeoutMs);
    const work = this.#module?.runTask(entry.task).then((report) => entry.report(report, index));
    // A task that timed out may never end, but its outcome is settled.
    await Promise.race([work, entry.outcome]);
    clearTimeout(timer);
  }
}
