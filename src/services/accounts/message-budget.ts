import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { rateCounter } from './rate-counter.js';

/** Counts the messages of each user over all sockets, in windows of one minute that start at the first message. */
export class MessageBudget {
  private readonly counter: RateLimiterAbstract;

  /** @param pool PostgreSQL, where all processes count together. Default: this process counts alone. */
  constructor(perMinute: number, pool?: Pool) {
    this.counter = rateCounter({ keyPrefix: 'message', points: perMinute, duration: 60 }, pool);
  }

  /** Counts one message; returns false beyond the limit of the window. */
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
