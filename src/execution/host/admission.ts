import { AppError } from '../../errors.js';

/** What a call is taken to last until one has ended. */
const FIRST_GUESS_MS = 500;
/** Weight of the newest duration in the moving average. */
const WEIGHT = 1 / 8;

/** Decides whether one more call may wait, and tells who is refused when to come back. */
export class Admission {
  #meanMs = FIRST_GUESS_MS;

  constructor(
    private readonly workers: number,
    private readonly queueLimit: number,
  ) {}

  /** @throws AppError SERVER_BUSY with `retryAfterMs`, by when half of those that wait will have gone */
  refuseIfFull(pending: number): void {
    if (pending < this.workers + this.queueLimit) return;
    const retryAfterMs = Math.ceil((pending * this.#meanMs) / this.workers / 2);
    throw new AppError('SERVER_BUSY', `The server is busy; try again in ${retryAfterMs} ms`, {
      retryAfterMs,
    });
  }

  /** Takes note of how long a call was with a worker. */
  learn(durationMs: number): void {
    this.#meanMs += (durationMs - this.#meanMs) * WEIGHT;
  }
}
