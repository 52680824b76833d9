import { isUnanswered } from '../../src/client/graphql-request.js';
import type { AppError } from '../../src/errors.js';
import { isRetryable } from './error-facts.js';

/** Pause before the second attempt, in ms; it doubles with each further one, to at most 4 s. */
const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 4_000;
/** Longest pause that a server can ask for. */
const LONGEST_PAUSE_MS = 10_000;

export interface Repeating {
  /** Whether the server does nothing twice if it gets the request twice. */
  isHarmless: boolean;
  /** Attempts in all. */
  attempts: number;
  /** Called before a pause, with what goes on until the next attempt. */
  onPause?(pause: Promise<void>): void;
  /** Waits; for tests. */
  sleep?(ms: number): Promise<void>;
}

/**
 * Sends a request again while the server is too busy for it. One that changes something is sent again only where the
 * server has refused it: where an answer is missing, it may have been done.
 *
 * @throws AppError the error of the last attempt
 */
export async function repeated<Answer>(
  send: () => Promise<Answer>,
  { isHarmless, attempts, onPause, sleep = pause }: Repeating,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const mayRepeat = isRetryable(error) && (isHarmless || !isUnanswered(error));
      if (!mayRepeat || attempt >= attempts) throw error;
      const paused = sleep(pauseMs(error as AppError, attempt));
      onPause?.(paused);
      await paused;
    }
  }
}

/** The pause that the server asks for, else one that grows. */
function pauseMs({ details: { retryAfterMs } }: AppError, attempt: number): number {
  if (typeof retryAfterMs === 'number')
    return Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, retryAfterMs));
  return Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
