import type { AppError } from '../../errors.js';
import { cancelled } from '../workers/worker-lost.js';
import type { HostAnswer, HostCall } from './compute-protocol.js';

/** How many lost hosts a call survives in which no worker had begun it, and it is not known who was to blame. */
const MAX_MOVES = 3;

/** A call of the compute host that has not been answered. It is settled once; what comes later is ignored. */
export class PendingCall {
  readonly answer: Promise<HostAnswer>;
  readonly resolve: (answer: HostAnswer) => void;
  readonly reject: (error: AppError) => void;
  /** When a worker began with it; undefined while it waits. */
  startedAt: number | undefined;
  /** What it came to is being stored, for which the host has time of its own. */
  storing = false;
  cancelled = false;
  /** Runs from the moment that it was called off, unless it is being stored. */
  cancelTimer: NodeJS.Timeout | undefined;
  /** Hosts that were lost while it waited in them, and for which it may be to blame. */
  moves = 0;

  constructor(
    readonly id: number,
    readonly call: HostCall,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<HostAnswer>();
    this.answer = promise;
    this.resolve = resolve;
    this.reject = reject;
  }
}

/** The calls that have not been answered, oldest first. */
export class PendingCalls {
  readonly #calls = new Map<number, PendingCall>();
  #lastId = 0;

  add(call: HostCall): PendingCall {
    const pending = new PendingCall(++this.#lastId, call);
    this.#calls.set(pending.id, pending);
    return pending;
  }

  get(id: number): PendingCall | undefined {
    return this.#calls.get(id);
  }

  remove(pending: PendingCall): void {
    clearTimeout(pending.cancelTimer);
    this.#calls.delete(pending.id);
  }

  all(): PendingCall[] {
    return [...this.#calls.values()];
  }

  ofKind(kind: HostCall['kind']): PendingCall[] {
    return this.all().filter(({ call }) => call.kind === kind);
  }

  failAll(why: AppError): void {
    for (const pending of this.#calls.values()) pending.reject(why);
  }

  /**
   * A host is gone. Calls that a worker had begun fail, and what waited, waits for the next host, if it has not lost too
   * many already. Blameless calls all wait for the next, and it does not count: whoever was to blame is answered, so
   * that the losses come to an end.
   */
  moveOn(why: AppError, blameless: boolean): void {
    for (const pending of this.#calls.values()) {
      const begun = pending.startedAt !== undefined;
      pending.startedAt = undefined;
      pending.storing = false;
      if (pending.cancelled) pending.reject(cancelled());
      else if (!blameless && (begun || ++pending.moves > MAX_MOVES)) pending.reject(why);
    }
  }
}
