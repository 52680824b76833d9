import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { rateCounter } from './rate-counter.js';

/** Counts what a user sends over sockets, from the first message on for a minute. */
export class MessageBudget {
  private readonly counter: RateLimiterAbstract;

  /** @param pool PostgreSQL, where all processes count together; left out, this process counts for itself. */
  constructor(perMinute: number, pool?: Pool) {
    this.counter = rateCounter({ keyPrefix: 'message', points: perMinute, duration: 60 }, pool);
  }

  /** Counts one message; false where the user has used the minute up. */
  async take(userId: string): Promise<boolean> {
    try {
      await this.counter.consume(userId);
      return true;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return false;
      throw refusal;
    }
  }
}
