import { AppError } from '../../errors.js';

/** Assumed duration of a call in a worker before the first one has ended. */
const FIRST_GUESS_MS = 500;
/** Weight of the newest cost in the moving average. */
const WEIGHT = 1 / 8;

/** Limits the number of waiting calls and estimates when a rejected client should retry. */
export class Admission {
  /** Milliseconds between the ends of two calls while the host is full. */
  #meanMs: number;

  /** @param atOnce calls that are computed at the same time */
  constructor(
    private readonly atOnce: number,
    private readonly queueLimit: number,
  ) {
    this.#meanMs = FIRST_GUESS_MS / atOnce;
  }

  /** @throws AppError SERVER_BUSY with `retryAfterMs`, the time in which half of the waiting calls should end */
  refuseIfFull(pending: number): void {
    if (pending < this.atOnce + this.queueLimit) return;
    const retryAfterMs = Math.ceil((pending * this.#meanMs) / 2);
    throw new AppError('SERVER_BUSY', `The server is busy; try again in ${retryAfterMs} ms`, {
      retryAfterMs,
    });
  }

  /**
   * Adds a call that has ended to the moving average.
   *
   * @param durationMs time in a worker
   * @param share share of the host that it took meanwhile, above 0 and up to 1
   */
  recordCall(durationMs: number, share: number): void {
    this.#meanMs += (durationMs * share - this.#meanMs) * WEIGHT;
  }
}
