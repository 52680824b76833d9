import { setTimeout as delay } from 'node:timers/promises';
import type { AppError } from '../../errors.js';
import type { StartTaskWorker, TaskWorker } from './task-worker.js';
import { workerLost } from './worker-lost.js';

/** Time limit for a worker to become ready, as for its host: beside a full load of others both start slowly. */
const START_TIMEOUT_MS = 120_000;
/** Pauses before replacing a worker that died without a task, by the number of such deaths in a row. */
const RESTART_PAUSES_MS = [0, 100, 500, 2_000, 5_000];
/**
 * A killed worker that still exists after this number of intervals is in native code, which cannot be interrupted. Counted,
 * so that a pause of this process does not matter.
 */
const STUCK_INTERVALS = 10;
const STUCK_INTERVAL_MS = 100;

/** A worker and its state. */
export interface WorkerSlot {
  worker: TaskWorker;
  ready: boolean;
  /** From 0; a replacement takes the number of the worker that it replaces. */
  index: number;
  /** Set while busy: called when the worker is lost. */
  onLost: ((why: AppError) => void) | undefined;
  startTimer: NodeJS.Timeout;
}

export interface WorkerSupervisorEvents {
  /** A worker became idle. */
  onIdle(): void;
  /** A worker could not be started, and no other worker is ready. */
  onNoWorkers(why: AppError): void;
  /** A killed worker does not end; only the end of the process stops it. */
  onStuck(): void;
}

/** Keeps a fixed number of workers running; replaces each one that ends. */
export class WorkerSupervisor {
  readonly #slots = new Set<WorkerSlot>();
  readonly #idle: WorkerSlot[] = [];
  readonly #dying = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #allReady = Promise.withResolvers<void>();

  constructor(
    private readonly startWorker: StartTaskWorker,
    private readonly size: number,
    private readonly events: WorkerSupervisorEvents,
  ) {
    this.#allReady.promise.catch(() => undefined);
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Resolves when all workers are ready; rejects with the reason of the first failure. */
  start(): Promise<void> {
    for (let i = 0; i < this.size; i++) this.#open(0);
    return this.#allReady.promise;
  }

  takeIdle(): WorkerSlot | undefined {
    return this.#idle.pop();
  }

  release(slot: WorkerSlot): void {
    slot.onLost = undefined;
    this.#idle.push(slot);
    this.events.onIdle();
  }

  /** Kills a worker, busy or idle, and replaces it. */
  discard(slot: WorkerSlot, why: AppError, failures = 0): void {
    this.#leave(slot, why, failures);
    let intervals = 0;
    const stuck = setInterval(() => {
      if (++intervals === STUCK_INTERVALS) this.events.onStuck();
    }, STUCK_INTERVAL_MS);
    const ended = slot.worker.kill().finally(() => {
      clearInterval(stuck);
      this.#dying.delete(ended);
    });
    this.#dying.add(ended);
  }

  /** Kills all workers; resolves when all have ended. */
  async stop(why: AppError): Promise<void> {
    this.#stopping.abort();
    this.#allReady.reject(why);
    for (const slot of this.#slots) this.discard(slot, why);
    await Promise.all(this.#dying);
  }

  #freeIndex(): number {
    const taken = new Set([...this.#slots].map(({ index }) => index));
    let index = 0;
    while (taken.has(index)) index++;
    return index;
  }

  /** @param failures workers in a row that died before this one without a task */
  #open(failures: number): void {
    const worker = this.startWorker({
      onReady: () => this.#begin(slot),
      onEnd: (why) => this.#leave(slot, why, slot.onLost ? 0 : failures + 1),
    });
    const startTimer = setTimeout(() => {
      this.discard(slot, workerLost('TIMEOUT', 'The worker was not ready in time'), failures + 1);
    }, START_TIMEOUT_MS);
    const slot: WorkerSlot = {
      worker,
      ready: false,
      index: this.#freeIndex(),
      onLost: undefined,
      startTimer,
    };
    this.#slots.add(slot);
  }

  #begin(slot: WorkerSlot): void {
    if (!this.#slots.has(slot)) return;
    clearTimeout(slot.startTimer);
    slot.ready = true;
    if ([...this.#slots].every(({ ready }) => ready)) this.#allReady.resolve();
    this.release(slot);
  }

  #leave(slot: WorkerSlot, why: AppError, failures: number): void {
    if (!this.#slots.delete(slot)) return;
    clearTimeout(slot.startTimer);
    const index = this.#idle.indexOf(slot);
    if (index >= 0) this.#idle.splice(index, 1);
    if (!slot.ready) {
      this.#allReady.reject(why);
      if (![...this.#slots].some(({ ready }) => ready)) this.events.onNoWorkers(why);
    }
    slot.onLost?.(why);
    void this.#replace(failures);
  }

  async #replace(failures: number): Promise<void> {
    const { signal } = this.#stopping;
    const pause = RESTART_PAUSES_MS[Math.min(failures, RESTART_PAUSES_MS.length - 1)];
    if (failures > 0) await delay(pause, undefined, { signal, ref: false }).catch(() => undefined);
    if (!this.stopped) this.#open(failures);
  }
}
