import { setTimeout as delay } from 'node:timers/promises';
import type { AppError } from '../../errors.js';
import type { StartTaskWorker, TaskWorker } from './task-worker.js';
import { workerLost } from './worker-lost.js';

/** A worker has to be ready by then. */
const START_TIMEOUT_MS = 30_000;
/** Pauses before a worker is replaced that died without having had a task, the first time and again and again. */
const RESTART_PAUSES_MS = [0, 100, 500, 2_000, 5_000];
/** A killed worker that is still there after this sits in native code, which cannot be interrupted. */
const STUCK_AFTER_MS = 1_000;

/** A worker and what it is at. */
export interface WorkerSlot {
  worker: TaskWorker;
  ready: boolean;
  /** Set while it is busy: hears that the worker is lost. */
  onLost: ((why: AppError) => void) | undefined;
  startTimer: NodeJS.Timeout;
}

export interface WorkerSupervisorEvents {
  /** A worker is free. */
  onIdle(): void;
  /** A worker could not be started, and there is no other. */
  onNobody(why: AppError): void;
  /** A killed worker does not go away: only the end of the process stops it. */
  onStuck(): void;
}

/** A fixed number of workers; one that ends or is let go is replaced. */
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

  /** Resolves when every worker is ready; rejects with why the first was not. */
  start(): Promise<void> {
    for (let i = 0; i < this.size; i++) this.#open(0);
    return this.#allReady.promise;
  }

  takeIdle(): WorkerSlot | undefined {
    return this.#idle.pop();
  }

  giveBack(slot: WorkerSlot): void {
    slot.onLost = undefined;
    this.#idle.push(slot);
    this.events.onIdle();
  }

  /** Kills a worker, busy or not, and replaces it. */
  discard(slot: WorkerSlot, why: AppError, failures = 0): void {
    this.#leave(slot, why, failures);
    const stuck = setTimeout(() => this.events.onStuck(), STUCK_AFTER_MS);
    const gone = slot.worker.kill().finally(() => {
      clearTimeout(stuck);
      this.#dying.delete(gone);
    });
    this.#dying.add(gone);
  }

  /** Kills everybody; resolves when nobody is left. */
  async stop(why: AppError): Promise<void> {
    this.#stopping.abort();
    this.#allReady.reject(why);
    for (const slot of this.#slots) this.discard(slot, why);
    await Promise.all(this.#dying);
  }

  /** `failures`: how many before it, in a row, died without having had a task. */
  #open(failures: number): void {
    const worker = this.startWorker({
      onReady: () => this.#begin(slot),
      onEnd: (why) => this.#leave(slot, why, slot.onLost ? 0 : failures + 1),
    });
    const startTimer = setTimeout(() => {
      this.discard(slot, workerLost('TIMEOUT', 'The worker was not ready in time'), failures + 1);
    }, START_TIMEOUT_MS);
    const slot: WorkerSlot = { worker, ready: false, onLost: undefined, startTimer };
    this.#slots.add(slot);
  }

  #begin(slot: WorkerSlot): void {
    if (!this.#slots.has(slot)) return;
    clearTimeout(slot.startTimer);
    slot.ready = true;
    if ([...this.#slots].every(({ ready }) => ready)) this.#allReady.resolve();
    this.giveBack(slot);
  }

  #leave(slot: WorkerSlot, why: AppError, failures: number): void {
    if (!this.#slots.delete(slot)) return;
    clearTimeout(slot.startTimer);
    const place = this.#idle.indexOf(slot);
    if (place >= 0) this.#idle.splice(place, 1);
    if (!slot.ready) {
      this.#allReady.reject(why);
      if (![...this.#slots].some(({ ready }) => ready)) this.events.onNobody(why);
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
