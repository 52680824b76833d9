import type { AppError } from '../../errors.js';
import { cancelled } from '../workers/worker-lost.js';
import type { HostAnswer, HostCall } from './compute-protocol.js';

/** Number of lost hosts after which a waiting call fails, when it may have caused the losses. */
const MAX_MOVES = 3;

/** An unanswered call to the compute host. Settles once; later answers are ignored. */
export class PendingCall {
  readonly answer: Promise<HostAnswer>;
  readonly resolve: (answer: HostAnswer) => void;
  readonly reject: (error: AppError) => void;
  /** Time at which a worker started it; undefined while it waits. */
  startedAt: number | undefined;
  /** Its result is being stored, which has a time limit of its own. */
  storing = false;
  cancelled = false;
  /** Started at cancellation, unless the result is being stored. */
  cancelTimer: NodeJS.Timeout | undefined;
  /** Hosts lost while it waited in them, which it may have caused. */
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

/** Unanswered calls, oldest first. */
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
   * Handles the loss of a host: calls that a worker had started fail; waiting calls are sent to the next host, unless
   * they have been moved too often. When the calls are blameless, all are sent to the next host and the move is not
   * counted: the call at fault has been answered already, so that the losses end.
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
