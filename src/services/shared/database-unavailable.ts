import { AppError } from '../../errors.js';

const CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE'];
/**
 * PostgreSQL (Appendix A): connection lost (08, except 08P01, a protocol error of the client), out of memory, disk or
 * connections (53), shutting down or starting (57P), rolled back in favour of another transaction (40). SQLite: locked
 * by another program, disk full, I/O error (reported for a used-up disk quota and a full disk under its WAL index too).
 */
const STATES = /^(?:08(?!P)|53|57P0[1-3]|40001|40P01|SQLITE_(?:BUSY|LOCKED|FULL|IOERR))/;
/** Messages of `pg` errors that have no code. */
const MESSAGES = /^(?:Connection terminated|timeout exceeded when trying to connect)/;

/**
 * Returns SERVER_BUSY if the error means that the database cannot be used now; undefined for any other error. An
 * AppError is never one: that of an unreachable storage has a similar cause.
 */
export function databaseUnavailable(error: unknown): AppError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    if (cause instanceof AppError) return undefined;
    const { code, message } = cause as Error & { code?: unknown };
    if (typeof code === 'string' ? CONNECTION.includes(code) || STATES.test(code) : MESSAGES.test(message)) {
      const retryAfterMs = 5_000;
      return new AppError(
        'SERVER_BUSY',
        'The server cannot reach its database; try again later',
        { retryAfterMs },
        { cause: error },
      );
    }
    cause = (cause as { originalError?: unknown }).originalError ?? cause.cause;
  }
  return undefined;
}
