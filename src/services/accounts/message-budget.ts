import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { rateCounter } from './rate-counter.js';

/** Counts the messages of each user over all sockets, in windows of a minute that start with a first message. */
export class MessageBudget {
  private readonly counter: RateLimiterAbstract;

  /** @param pool PostgreSQL, where all processes count together. Default: this process counts alone. */
  constructor(perMinute: number, pool?: Pool) {
    this.counter = rateCounter({ keyPrefix: 'message', points: perMinute, duration: 60 }, pool);
  }

  /** Counts one message; false where the user has none left in this window. */
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
