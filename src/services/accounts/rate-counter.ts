import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';

/** Counted event, and its limit in a window. */
export interface Rate {
  /** Name of the counter; counters of different names are independent. */
  keyPrefix: string;
  /** Events in a window before the next is refused. */
  points: number;
  /** Length of a window in seconds, from its first event. */
  duration: number;
}

/**
 * Makes a counter.
 *
 * @param pool PostgreSQL, where all processes count together. Undefined: this process counts alone, as it also does
 *   while PostgreSQL does not answer
 */
export function rateCounter(rate: Rate, pool: Pool | undefined): RateLimiterAbstract {
  const alone = new RateLimiterMemory(rate);
  if (pool === undefined) return alone;
  return new RateLimiterPostgres({
    ...rate,
    storeClient: pool,
    storeType: 'pool',
    // Created by a migration.
    tableName: 'attempt_count',
    tableCreated: true,
    // A refused key is refused until its window ends, without a query.
    inMemoryBlockOnConsumed: rate.points + 1,
    insuranceLimiter: alone,
  });
}
