import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../errors.js';

/** Time in ms to wait for a server that is busy. */
export const BUSY_LIMIT_MS = 60_000;

/**
 * Repeats a request while the server answers that it is busy and when to try again.
 *
 * @param limitMs time in ms after which the answer of the server is the result; default: none
 */
export async function inTurn<Answer>(
  request: () => Promise<Answer>,
  limitMs = Number.POSITIVE_INFINITY,
): Promise<Answer> {
  for (const begin = performance.now(); ; ) {
    try {
      return await request();
    } catch (error) {
      // A server that cannot be reached names no time.
      const retryAfterMs = error instanceof AppError ? error.details.retryAfterMs : undefined;
      if (typeof retryAfterMs !== 'number' || performance.now() - begin > limitMs) throw error;
      await delay(retryAfterMs);
    }
  }
}
