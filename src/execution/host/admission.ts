import { AppError } from '../../errors.js';

/** Assumed duration of a call before the first one has ended. */
const FIRST_GUESS_MS = 500;
/** Weight of the newest duration in the moving average. */
const WEIGHT = 1 / 8;

/** Limits the number of waiting calls and estimates when a rejected client should retry. */
export class Admission {
  #meanMs = FIRST_GUESS_MS;

  constructor(
    private readonly workers: number,
    private readonly queueLimit: number,
  ) {}

  /** @throws AppError SERVER_BUSY with `retryAfterMs`, the time in which half of the waiting calls should end */
  refuseIfFull(pending: number): void {
    if (pending < this.workers + this.queueLimit) return;
    const retryAfterMs = Math.ceil((pending * this.#meanMs) / this.workers / 2);
    throw new AppError('SERVER_BUSY', `The server is busy; try again in ${retryAfterMs} ms`, {
      retryAfterMs,
    });
  }

  /** Adds the duration of a call in a worker to the moving average. */
  recordDuration(durationMs: number): void {
    this.#meanMs += (durationMs - this.#meanMs) * WEIGHT;
  }
}
