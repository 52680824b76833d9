import pLimit, { type LimitFunction } from 'p-limit';
import { AppError } from '../../../errors.js';

/** Computations of one owner that may wait. */
const MAX_WAITING = 100;
const RETRY_AFTER_MS = 1_000;

/** Computes some variants of each owner at a time. */
export class OwnerTurns {
  /** By owner; only owners with waiting or running computations. */
  readonly #limits = new Map<string, LimitFunction>();

  /** @param atOnce of one owner, at least 1 */
  constructor(private readonly atOnce: number) {}

  /** Throws SERVER_BUSY with `retryAfterMs` if too many wait, CANCELLED when `signal` aborts before the work begins. */
  async run<Result>(owner: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    const limit = this.#limits.get(owner) ?? pLimit(this.atOnce);
    this.#limits.set(owner, limit);
    if (limit.pendingCount >= MAX_WAITING) {
      const details = { retryAfterMs: RETRY_AFTER_MS };
      throw new AppError(
        'SERVER_BUSY',
        'Too many variants of this user are being computed; try again',
        details,
      );
    }
    try {
      return await limit(() => {
        if (signal.aborted) throw new AppError('CANCELLED', 'No client waits for the variant');
        return work();
      });
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) this.#limits.delete(owner);
    }
  }
}
