import { AppError } from '../../../src/errors.js';

/** Pause before a query is sent again, in ms. */
const PAUSE_MS = 2_000;
/** A minute of pauses: a restart of the server takes less. */
const ATTEMPTS = 30;

/**
 * Sends a query again while no server answers, or while it is too busy to: a page outlasts a lost connection and the start
 * of a server.
 *
 * @throws AppError the refusal of the server, or SERVER_BUSY after the last attempt
 */
export async function untilAnswered<Answer>(
  query: () => Promise<Answer>,
  pauseMs = PAUSE_MS,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await query();
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'SERVER_BUSY';
      if (!isBusy || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
