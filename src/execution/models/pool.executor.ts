import { type AppError, toErrorData } from '../../errors.js';
import type { Executor, RunOptions, Task, TaskOutcome } from '../executor.js';
import type { ConcurrencyModel } from '../model.js';
import type { StartTaskWorker } from '../workers/task-worker.js';
import { cancelled, workerLost } from '../workers/worker-lost.js';
import { type WorkerSlot, WorkerSupervisor } from '../workers/worker-supervisor.js';
import { PendingTask } from './pending-task.js';

export interface PoolOptions {
  workers: number;
  /** Milliseconds that a worker may take for one task. */
  taskTimeoutMs: number;
  /** Called when a killed worker does not go away: only the end of the process stops it then. */
  onStuck?: () => void;
}

/**
 * Runs tasks on a fixed number of workers, threads or processes, one task each at a time. A worker that ends, hangs
 * or is called off is replaced, and costs nothing but its own task.
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
      onNobody: (why) => this.#failWaiting(why),
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

  async run(tasks: readonly Task[], { signal, onSettled }: RunOptions = {}): Promise<TaskOutcome[]> {
    const jobs = tasks.map((task, index) => new PendingTask(task, (outcome) => onSettled?.(index, outcome)));
    const cancel = () => {
      for (const job of jobs) this.#cancel(job);
    };
    for (const job of jobs) this.#waiting.add(job);
    if (signal?.aborted || this.#supervisor.stopped) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    this.#dispatch();
    const outcomes = await Promise.all(jobs.map((job) => job.outcome));
    signal?.removeEventListener('abort', cancel);
    return outcomes;
  }

  async stop(): Promise<void> {
    const why = cancelled('The executor was stopped');
    this.#failWaiting(why);
    await this.#supervisor.stop(why);
  }

  #dispatch(): void {
    for (const job of this.#waiting) {
      const slot = this.#supervisor.takeIdle();
      if (!slot) return;
      this.#waiting.delete(job);
      this.#perform(job, slot);
    }
  }

  #perform(job: PendingTask, slot: WorkerSlot): void {
    this.#running.set(job, slot);
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
      return this.#running.delete(job);
    };
    slot.onLost = (why) => {
      leave();
      job.fail(toErrorData(why));
    };
    const settle = (tell: () => void) => {
      if (!leave()) return;
      // The next task is on its way before anybody hears of this one.
      this.#supervisor.giveBack(slot);
      tell();
    };
    slot.worker.run(job.task).then(
      (report) => settle(() => job.report(report)),
      (error) => settle(() => job.fail(toErrorData(error))),
    );
  }

  #cancel(job: PendingTask): void {
    this.#waiting.delete(job);
    const slot = this.#running.get(job);
    if (slot) this.#supervisor.discard(slot, cancelled());
    else job.fail(toErrorData(cancelled()));
  }

  #failWaiting(why: AppError): void {
    for (const job of this.#waiting) job.fail(toErrorData(why));
    this.#waiting.clear();
  }
}
