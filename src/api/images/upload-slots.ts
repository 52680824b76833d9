import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { RoundRobinQueue } from '../../scheduling/round-robin-queue.js';

/** Uploads that are read at the same time, regardless of the load of the event loop. */
const SLOTS = 4;
/** A slot is held for at most 1 s, so that a slow client does not block others. */
const HOLD_MS = 1_000;
/** Interval of the load check in ms, and number of additional uploads to start if the load is low. */
const CHECK_MS = 50;
const MORE_AT_ONCE = 4;
/** Utilization of the event loop below which more uploads start. */
const MAX_UTILIZATION = 0.7;

interface WaitingUpload {
  readonly owner: string;
  start(): void;
}

/**
 * Starts uploads that wait unread, round-robin over their users: {@link SLOTS} at a time, and more while the event
 * loop is not busy. Dozens of concurrent fast uploads would occupy the event loop and delay every other request.
 */
export class UploadSlots {
  readonly #waiting = new RoundRobinQueue<WaitingUpload>();
  #taken = 0;
  #nextCheck: NodeJS.Timeout | undefined;

  constructor(private readonly utilization = performance.eventLoopUtilization) {}

  /** Resolves when the upload may be read; never resolves if `closed` aborts first. */
  enter(owner: string, closed: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const start = () => {
      this.#hold(closed);
      resolve();
    };
    const upload = { owner, start };
    closed.addEventListener('abort', () => this.#waiting.remove(upload), { once: true });
    this.#waiting.add(upload);
    this.#fill();
    return promise;
  }

  #hold(closed: AbortSignal): void {
    this.#taken++;
    const leave = () => {
      clearTimeout(timer);
      closed.removeEventListener('abort', leave);
      this.#taken--;
      this.#fill();
    };
    const timer = setTimeout(leave, HOLD_MS);
    closed.addEventListener('abort', leave, { once: true });
  }

  #fill(): void {
    while (this.#taken < SLOTS && this.#startNext());
    const someWait = !this.#waiting.inTurn().next().done;
    if (!someWait || this.#nextCheck) return;
    const before = this.utilization();
    this.#nextCheck = setTimeout(() => this.#check(before), CHECK_MS);
  }

  #check(before: EventLoopUtilization): void {
    this.#nextCheck = undefined;
    const { utilization } = this.utilization(before);
    if (utilization < MAX_UTILIZATION) for (let more = MORE_AT_ONCE; more > 0 && this.#startNext(); more--);
    this.#fill();
  }

  #startNext(): boolean {
    const { value: next } = this.#waiting.inTurn().next();
    if (!next) return false;
    this.#waiting.serve(next);
    next.start();
    return true;
  }
}
