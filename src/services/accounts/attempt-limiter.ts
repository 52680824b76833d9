import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../errors.js';
import { rateCounter } from './rate-counter.js';
import { rateLimitSubnet } from './rate-limit-subnet.js';

const duration = 15 * 60;

/** Attempts within fifteen minutes before the next is refused. */
export interface AttemptLimits {
  perAccount: number;
  perAddress: number;
  /** Refreshed tokens of one sign-in. */
  perSession: number;
}

/** What clients send is of any length and content; what is counted under is not. */
const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Counts sign-in attempts by account and by client address, and refreshed tokens by sign-in, for each login field and not
 * for each request.
 */
export class AttemptLimiter {
  private readonly byAccount: RateLimiterAbstract;
  private readonly byAddress: RateLimiterAbstract;
  private readonly bySession: RateLimiterAbstract;

  /** @param pool PostgreSQL, where all processes count together; left out, this process counts for itself. */
  constructor(limits: AttemptLimits, pool?: Pool) {
    this.byAccount = rateCounter({ keyPrefix: 'account', points: limits.perAccount, duration }, pool);
    this.byAddress = rateCounter({ keyPrefix: 'address', points: limits.perAddress, duration }, pool);
    this.bySession = rateCounter({ keyPrefix: 'session', points: limits.perSession, duration }, pool);
  }

  /** Counts one attempt; RATE_LIMITED with `retryAfterMs` when there were too many. */
  async count(account: string, address: string): Promise<void> {
    await consume(this.byAddress, keyOf(rateLimitSubnet(address)), 'attempts to sign in');
    await consume(this.byAccount, keyOf(account), 'attempts to sign in');
  }

  /** Counts one refresh; RATE_LIMITED as above. */
  async countRefresh(sessionId: string): Promise<void> {
    await consume(this.bySession, sessionId, 'refreshed tokens');
  }

  /** A successful sign-in clears its account's count, so that people who mistype are not kept out. */
  async succeeded(account: string): Promise<void> {
    await this.byAccount.delete(keyOf(account));
  }
}

async function consume(counter: RateLimiterAbstract, key: string, what: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterMs = refusal.msBeforeNext;
    const seconds = Math.ceil(retryAfterMs / 1000);
    throw new AppError('RATE_LIMITED', `Too many ${what}; try again in ${seconds} s`, { retryAfterMs });
  }
}
