import type { AppError } from '../errors.js';
import type { HostAnswer, HostCall } from './compute-protocol.js';

/** A call of the compute host that has not been answered. It is settled once; what comes later is ignored. */
export class PendingCall {
  readonly answer: Promise<HostAnswer>;
  readonly resolve: (answer: HostAnswer) => void;
  readonly reject: (error: AppError) => void;
  /** When a worker began with it; undefined while it waits. */
  startedAt: number | undefined;
  /** Hosts that were lost while it waited in them. */
  moves = 0;
  /** Runs from the moment that it was called off. */
  cancelTimer: NodeJS.Timeout | undefined;

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
