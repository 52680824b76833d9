import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../errors.js';

/** Lets one program measure at a time on this machine. */
export interface MachineTurn {
  /** Returns the function that ends the turn; null while it is another program's turn. */
  tryAcquire(what: string): Promise<(() => Promise<void>) | null>;
  /** Whether another program waits for its turn. */
  isAwaited(): Promise<boolean>;
  /** Gives up the place among the waiting programs. */
  withdraw(): Promise<void>;
}

const POLL_MS = 200;
/** A program that asks again soon keeps its place. */
const RETRY_AFTER_MS = 1_000;

/**
 * Waits for the turn of this program and returns the function that ends it.
 *
 * @throws AppError SERVER_BUSY after `waitMs`
 */
export async function acquireTurn(
  turns: MachineTurn,
  what: string,
  waitMs: number,
): Promise<() => Promise<void>> {
  for (const deadline = performance.now() + waitMs; performance.now() < deadline; await delay(POLL_MS)) {
    const release = await turns.tryAcquire(what);
    if (release !== null) return release;
  }
  const message = 'Another measurement runs on this machine; try again when it has ended';
  throw new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS });
}
