import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';

export interface Rate {
  /** What is counted; keys of different prefixes do not meet. */
  keyPrefix: string;
  /** How often within the window before the next is refused. */
  points: number;
  /** The window, in seconds, from the first one counted. */
  duration: number;
}

/**
 * @param pool PostgreSQL, where all processes count together. Default: this process counts alone, as it does
 *   while PostgreSQL does not answer
 */
export function rateCounter(rate: Rate, pool: Pool | undefined): RateLimiterAbstract {
  const alone = new RateLimiterMemory(rate);
  if (pool === undefined) return alone;
  return new RateLimiterPostgres({
    ...rate,
    storeClient: pool,
    storeType: 'pool',
    // Made by a migration.
    tableName: 'attempt_count',
    tableCreated: true,
    // Who is refused stays refused without another question to the database.
    inMemoryBlockOnConsumed: rate.points + 1,
    insuranceLimiter: alone,
  });
}
