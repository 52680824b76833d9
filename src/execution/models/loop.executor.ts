import { setImmediate as nextTurn } from 'node:timers/promises';
import { toErrorData } from '../../errors.js';
import type { ImageEngineName } from '../../imaging/operation.js';
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
 * Runs tasks on the event loop of its own thread, so many in flight at a time. Code that computes without a pause
 * cannot be interrupted here: time limit and abort take effect when the loop turns again.
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
    const jobs = tasks.map((task, index) => new PendingTask(task, (outcome) => onSettled?.(index, outcome)));
    const off = signal ? AbortSignal.any([signal, this.#stopping.signal]) : this.#stopping.signal;
    const cancel = () => {
      for (const job of jobs) job.fail(toErrorData(cancelled()));
    };
    if (off.aborted) cancel();
    off.addEventListener('abort', cancel, { once: true });
    const queue = jobs.values();
    const lanes = Array.from({ length: this.inFlight }, async () => {
      for (const job of queue) {
        if (!job.settled) await this.#perform(job);
        // Lets an abort, and whatever else waits for the loop, come in between.
        await nextTurn();
      }
    });
    await Promise.all(lanes);
    off.removeEventListener('abort', cancel);
    return Promise.all(jobs.map((job) => job.outcome));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
  }

  async #perform(job: PendingTask): Promise<void> {
    const { taskTimeoutMs } = this.options;
    const timer = setTimeout(() => {
      job.fail(toErrorData(workerLost('TIMEOUT', `The task took longer than ${taskTimeoutMs} ms`)));
    }, taskTimeoutMs);
    const work = this.#module?.runTask(job.task).then((report) => job.report(report));
    // A task that was given up may never end; its job has.
    await Promise.race([work, job.outcome]);
    clearTimeout(timer);
  }
}
