import { createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import pLimit from 'p-limit';
import { AppError } from '../../errors.js';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;
/** At bcrypt's cost of 12 that is some eight seconds. */
const MAX_WAITING = 64;
const RETRY_AFTER_MS = 5_000;

/**
 * bcrypt reads no more than 72 bytes. 64 characters of base64 over an HMAC-SHA-384 carry every byte of the password
 * into it. The key is no secret: it only keeps these digests apart from those of other programs.
 */
const digest = (password: string): string =>
  createHmac('sha384', 'nogil-bench/password/v1').update(password.normalize('NFKC')).digest('base64');

/** Hashes and checks passwords on libuv's threads, a bounded number at once; SERVER_BUSY when too many wait. */
export class Passwords {
  /** Half of libuv's four threads, so that file access never waits behind a flood of sign-ins. */
  private readonly limit = pLimit(2);
  private readonly decoy: Promise<string>;

  /** @param cost log2 of bcrypt's rounds. */
  constructor(private readonly cost: number) {
    this.decoy = this.limit(() => bcrypt.hash(digest('nobody'), cost));
    this.decoy.catch(() => undefined);
  }

  /** BAD_USER_INPUT, naming the field, unless the password has 8 to 128 characters. */
  async hash(password: string, field: string): Promise<string> {
    const length = [...password].length;
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw AppError.badInput(field, `must have ${MIN_LENGTH} to ${MAX_LENGTH} characters`);
    }
    return this.run(() => bcrypt.hash(digest(password), this.cost));
  }

  /** False for a wrong password. Without a hash (no such account) it does the same work and is false too. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const against = hash ?? (await this.decoy);
    const matches = await this.run(() => bcrypt.compare(digest(password), against));
    return matches && hash !== undefined;
  }

  private run<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount < MAX_WAITING) return this.limit(work);
    const message = 'Too many people are signing in; try again in a few seconds';
    throw new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS });
  }
}
