import { createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import pLimit from 'p-limit';
import { AppError } from '../../errors.js';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;
/** About eight seconds of work at bcrypt's cost of 12. */
const MAX_WAITING = 64;
const RETRY_AFTER_MS = 5_000;
/** Characters behind the salt of a bcrypt hash. */
const DIGEST_LENGTH = 31;

/**
 * Digests a password to 64 characters of base64 (HMAC-SHA-384), because bcrypt reads at most 72 bytes. The key is
 * public; it only makes the digests differ from those of other programs.
 */
const digest = (password: string): string =>
  createHmac('sha384', 'nogil-bench/password/v1').update(password.normalize('NFKC')).digest('base64');

/** Returns what no password hashes to. Comparing with it takes the work of the cost; making it takes none. */
export const decoyHash = (cost: number): string => bcrypt.genSaltSync(cost) + '.'.repeat(DIGEST_LENGTH);

/** Hashes and verifies passwords on libuv's threads, two at a time; SERVER_BUSY if too many wait. */
export class Passwords {
  /** Half of libuv's four threads, so that file access does not wait behind a flood of sign-ins. */
  private readonly limit = pLimit(2);
  private readonly decoy: string;

  /** @param cost log2 of bcrypt's rounds. */
  constructor(private readonly cost: number) {
    this.decoy = decoyHash(cost);
  }

  /** BAD_USER_INPUT, naming the field, unless the password has 8 to 128 characters. */
  async hash(password: string, field: string): Promise<string> {
    const length = [...password].length;
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw AppError.badInput(field, `must have ${MIN_LENGTH} to ${MAX_LENGTH} characters`);
    }
    return this.run(() => bcrypt.hash(digest(password), this.cost));
  }

  /** False for a wrong password, and after the same work without a hash (no such account). */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const matches = await this.run(() => bcrypt.compare(digest(password), hash ?? this.decoy));
    return matches && hash !== undefined;
  }

  private run<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount < MAX_WAITING) return this.limit(work);
    const message = 'Too many sign-ins are being checked; try again in a few seconds';
    throw new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS });
  }
}
