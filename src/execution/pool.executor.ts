import { setTimeout as delay } from 'node:timers/promises';
import { type AppError, toErrorData } from '../errors.js';
import type { Executor, RunOptions, Task, TaskOutcome } from './executor.js';
import type { ConcurrencyModel } from './model.js';
import { TaskJob } from './task-job.js';
import type { StartTaskWorker, TaskWorker } from './task-worker.js';
import { cancelled, workerLost } from './worker-lost.js';

/** A worker has to be ready by then. */
const START_TIMEOUT_MS = 30_000;
/** Pauses before a worker that died without having had a task is replaced. */
const RESTART_PAUSES_MS = [0, 100, 500, 2_000, 5_000];
/** A killed worker that is still there after this sits in native code, which cannot be interrupted. */
const STUCK_AFTER_MS = 1_000;

export interface PoolOptions {
  workers: number;
  /** Milliseconds that a worker may take for one task. */
  taskTimeoutMs: number;
  /** Called when a killed worker does not go away: only the end of the process stops it then. */
  onStuck?: () => void;
}

interface Seat {
  worker: TaskWorker;
  ready: boolean;
  job: TaskJob | undefined;
  timer: NodeJS.Timeout;
}

/**
 * Runs tasks on a fixed number of workers, threads or processes, one task each at a time. A worker that ends, hangs
 * or is called off is replaced, and costs nothing but its own task.
 */
export class PoolExecutor implements Executor {
  readonly workers: number;
  readonly #seats = new Set<Seat>();
  readonly #idle: Seat[] = [];
  readonly #waiting = new Set<TaskJob>();
  readonly #dying = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #ready = Promise.withResolvers<void>();

  constructor(
    readonly model: ConcurrencyModel,
    private readonly startWorker: StartTaskWorker,
    private readonly options: PoolOptions,
  ) {
    this.workers = options.workers;
    this.#ready.promise.catch(() => undefined);
  }

  async start(): Promise<{ startupMs: number }> {
    const start = performance.now();
    while (this.#seats.size < this.workers) this.#open(0);
    try {
      await this.#ready.promise;
    } catch (error) {
      await this.stop();
      throw error;
    }
    return { startupMs: performance.now() - start };
  }

  async run(tasks: readonly Task[], { signal, onSettled }: RunOptions = {}): Promise<TaskOutcome[]> {
    const jobs = tasks.map((task, index) => new TaskJob(task, (outcome) => onSettled?.(index, outcome)));
    const cancel = () => {
      for (const job of jobs) this.#cancel(job);
    };
    for (const job of jobs) this.#waiting.add(job);
    if (signal?.aborted || this.#stopping.signal.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    this.#dispatch();
    const outcomes = await Promise.all(jobs.map((job) => job.outcome));
    signal?.removeEventListener('abort', cancel);
    return outcomes;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#ready.reject(cancelled('The executor was stopped'));
    for (const job of this.#waiting) this.#cancel(job);
    for (const seat of this.#seats) this.#discard(seat, cancelled('The executor was stopped'));
    await Promise.all(this.#dying);
  }

  #dispatch(): void {
    for (const job of this.#waiting) {
      const seat = this.#idle.pop();
      if (!seat) return;
      this.#waiting.delete(job);
      this.#assign(seat, job);
    }
  }

  #assign(seat: Seat, job: TaskJob): void {
    seat.job = job;
    this.#limit(seat);
    const settle = (outcome: () => void) => {
      if (seat.job !== job) return;
      clearTimeout(seat.timer);
      seat.job = undefined;
      this.#idle.push(seat);
      // The next task is on its way before anybody hears of this one.
      this.#dispatch();
      outcome();
    };
    seat.worker.run(job.task).then(
      (report) => settle(() => job.report(report)),
      (error) => settle(() => job.fail(toErrorData(error))),
    );
  }

  #limit(seat: Seat): void {
    const { taskTimeoutMs } = this.options;
    seat.timer = setTimeout(() => {
      if (seat.worker.blocked) this.#limit(seat);
      else this.#discard(seat, workerLost('TIMEOUT', `The task took longer than ${taskTimeoutMs} ms`));
    }, taskTimeoutMs);
  }

  #cancel(job: TaskJob): void {
    this.#waiting.delete(job);
    for (const seat of this.#seats) if (seat.job === job) this.#discard(seat, cancelled());
    job.fail(toErrorData(cancelled()));
  }

  /** Puts a new worker in place. `failures`: how many before it, in a row, died without having had a task. */
  #open(failures: number): void {
    const seat: Seat = {
      ready: false,
      job: undefined,
      timer: setTimeout(() => {
        this.#discard(seat, workerLost('TIMEOUT', 'The worker was not ready in time'), failures + 1);
      }, START_TIMEOUT_MS),
      worker: this.startWorker({
        onReady: () => {
          if (!this.#seats.has(seat)) return;
          clearTimeout(seat.timer);
          seat.ready = true;
          this.#idle.push(seat);
          if (this.#idle.length === this.workers) this.#ready.resolve();
          this.#dispatch();
        },
        onEnd: (why) => this.#leave(seat, why, seat.job ? 0 : failures + 1),
      }),
    };
    this.#seats.add(seat);
  }

  #discard(seat: Seat, why: AppError, failures = 0): void {
    this.#leave(seat, why, failures);
    const stuck = setTimeout(() => this.options.onStuck?.(), STUCK_AFTER_MS);
    const gone = seat.worker.kill().finally(() => {
      clearTimeout(stuck);
      this.#dying.delete(gone);
    });
    this.#dying.add(gone);
  }

  #leave(seat: Seat, why: AppError, failures: number): void {
    if (!this.#seats.delete(seat)) return;
    clearTimeout(seat.timer);
    const place = this.#idle.indexOf(seat);
    if (place >= 0) this.#idle.splice(place, 1);
    if (!seat.ready) this.#failedToStart(why);
    seat.job?.fail(toErrorData(why));
    seat.job = undefined;
    void this.#replace(failures);
  }

  #failedToStart(why: AppError): void {
    this.#ready.reject(why);
    const others = [...this.#seats].some((seat) => seat.ready);
    if (!others) for (const job of this.#waiting) job.fail(toErrorData(why));
    if (!others) this.#waiting.clear();
  }

  async #replace(failures: number): Promise<void> {
    const { signal } = this.#stopping;
    const pause = RESTART_PAUSES_MS[Math.min(failures, RESTART_PAUSES_MS.length - 1)];
    if (failures > 0) await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) this.#open(failures);
  }
}
