import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.js';

const WINDOW_SECONDS = 15 * 60;

/** Attempts within fifteen minutes before the next is refused. */
export interface AttemptLimits {
  perAccount: number;
  perAddress: number;
}

/** Counts sign-in attempts by account and by client address, for each login field and not for each request. */
export class AttemptLimiter {
  private readonly byAccount: RateLimiterMemory;
  private readonly byAddress: RateLimiterMemory;

  constructor(limits: AttemptLimits) {
    this.byAccount = new RateLimiterMemory({ points: limits.perAccount, duration: WINDOW_SECONDS });
    this.byAddress = new RateLimiterMemory({ points: limits.perAddress, duration: WINDOW_SECONDS });
  }

  /** Counts one attempt; RATE_LIMITED with `retryAfterMs` when there were too many. */
  async count(account: string, address: string): Promise<void> {
    try {
      await this.byAddress.consume(address);
      await this.byAccount.consume(account);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterMs = refusal.msBeforeNext;
      const seconds = Math.ceil(retryAfterMs / 1000);
      throw new AppError('RATE_LIMITED', `Too many attempts to sign in; try again in ${seconds} s`, {
        retryAfterMs,
      });
    }
  }

  /** A successful sign-in clears its account's count, so that people who mistype are not kept out. */
  async succeeded(account: string): Promise<void> {
    await this.byAccount.delete(account);
  }
}
