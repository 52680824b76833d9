import { AppError } from '../../errors.js';

const CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE'];
/**
 * PostgreSQL (Appendix A): connection lost (08, but for 08P01, which is our own mistake), no memory, disk or connection
 * left (53), shutting down or starting (57P), given up in favour of another transaction (40). SQLite: locked by another
 * program, disk full or failing (as which it counts a quota that is used up, and no room for the index of its log).
 */
const STATES = /^(?:08(?!P)|53|57P0[1-3]|40001|40P01|SQLITE_(?:BUSY|LOCKED|FULL|IOERR))/;
/** What `pg` says without a code. */
const MESSAGES = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/**
 * SERVER_BUSY where the database cannot be used now, which is nobody's bug; undefined for any other error, such as an
 * AppError: that of a storage that cannot be reached has a cause that looks the same.
 */
export function databaseUnavailable(error: unknown): AppError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    if (cause instanceof AppError) return undefined;
    const { code, message } = cause as Error & { code?: unknown };
    if (typeof code === 'string' ? CONNECTION.includes(code) || STATES.test(code) : MESSAGES.test(message)) {
      const retryAfterMs = 5_000;
      return new AppError(
        'SERVER_BUSY',
        'The server cannot use its database at present; try again later',
        { retryAfterMs },
        { cause: error },
      );
    }
    cause = (cause as { originalError?: unknown }).originalError ?? cause.cause;
  }
  return undefined;
}
