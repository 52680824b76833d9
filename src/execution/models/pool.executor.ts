import { type AppError, toErrorData } from '../../errors.js';
import type { Executor, RunOptions, Task, TaskOutcome } from '../executor.js';
import type { ConcurrencyModel } from '../model.js';
import type { StartTaskWorker } from '../workers/task-worker.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';
import { type WorkerSlot, WorkerSupervisor } from '../workers/worker-supervisor.js';
import { PendingTask } from './pending-task.js';

export interface PoolOptions {
  workers: number;
  /** Time limit of one task, in milliseconds. */
  taskTimeoutMs: number;
  /** Called when a killed worker does not end; only the end of the process can stop it then. */
  onStuck?: () => void;
}

/**
 * Runs tasks on a fixed number of workers (threads or processes), one task per worker at a time. A worker that exits,
 * hangs or is cancelled is replaced; only its own task fails.
 */
export class PoolExecutor implements Executor {
  readonly workers: number;
  readonly #supervisor: WorkerSupervisor;
  readonly #waiting = new Set<PendingTask>();
  readonly #running = new Map<PendingTask, WorkerSlot>();
  readonly #taskTimeoutMs: number;

  constructor(
    readonly model: ConcurrencyModel,
    startWorker: StartTaskWorker,
    options: PoolOptions,
  ) {
    this.workers = options.workers;
    this.#taskTimeoutMs = options.taskTimeoutMs;
    this.#supervisor = new WorkerSupervisor(startWorker, options.workers, {
      onIdle: () => this.#dispatch(),
      onNoWorkers: (why) => this.#failWaiting(why),
      onStuck: () => options.onStuck?.(),
    });
  }

  async start(): Promise<{ startupMs: number }> {
    const start = performance.now();
    try {
      await this.#supervisor.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
    return { startupMs: performance.now() - start };
  }

  async run(
    tasks: readonly Task[],
    { signal, onSettled, ...options }: RunOptions = {},
  ): Promise<TaskOutcome[]> {
    const entries = tasks.map(
      (task, index) => new PendingTask(task, (outcome) => onSettled?.(index, outcome), options),
    );
    const cancel = () => {
      for (const entry of entries) this.#cancel(entry);
    };
    for (const entry of entries) this.#waiting.add(entry);
    if (signal?.aborted || this.#supervisor.stopped) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    this.#dispatch();
    const outcomes = await Promise.all(entries.map((entry) => entry.outcome));
    signal?.removeEventListener('abort', cancel);
    return outcomes;
  }

  async stop(): Promise<void> {
    const why = cancelled('The executor was stopped');
    this.#failWaiting(why);
    await this.#supervisor.stop(why);
  }

  #dispatch(): void {
    for (const entry of this.#waiting) {
      const slot = this.#supervisor.takeIdle();
      if (!slot) return;
      this.#waiting.delete(entry);
      this.#perform(entry, slot);
    }
  }

  #perform(entry: PendingTask, slot: WorkerSlot): void {
    this.#running.set(entry, slot);
    const limit = () => setTimeout(expire, this.#taskTimeoutMs);
    const expire = () => {
      if (slot.worker.blocked) timer = limit();
      else
        this.#supervisor.discard(
          slot,
          workerLost('TIMEOUT', `The task took longer than ${this.#taskTimeoutMs} ms`),
        );
    };
    let timer = limit();
    const leave = () => {
      clearTimeout(timer);
      return this.#running.delete(entry);
    };
    slot.onLost = (why) => {
      leave();
      entry.fail(toErrorData(why));
    };
    const settle = (report: () => void) => {
      if (!leave()) return;
      // Dispatch the next task before reporting this one.
      this.#supervisor.release(slot);
      report();
    };
    slot.worker.run(entry.task, entry.options).then(
      (report) => settle(() => entry.report(report, slot.index)),
      (error) => settle(() => entry.fail(toErrorData(error))),
    );
  }

  #cancel(entry: PendingTask): void {
    this.#waiting.delete(entry);
    const slot = this.#running.get(entry);
    if (slot) this.#supervisor.discard(slot, cancelled());
    else entry.fail(toErrorData(cancelled()));
  }

  #failWaiting(why: AppError): void {
    for (const entry of this.#waiting) entry.fail(toErrorData(why));
    this.#waiting.clear();
  }
}
