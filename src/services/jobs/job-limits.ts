import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import { AppError } from '../../errors.js';
import { addUsage } from '../shared/usage-ledger.js';
import { OPEN } from './job-state.js';

/** Jobs of one user that may be QUEUED or PROCESSING at once; each has a row for every item and entries in the queue. */
const MAX_OPEN_JOBS = 100;

/** Throws LIMIT_EXCEEDED when the user has MAX_OPEN_JOBS open jobs. The caller holds the lock of the user's row. */
export async function refuseTooManyJobs(em: SqlEntityManager, userId: string): Promise<void> {
  const open = await em.count(Job, { owner: userId, status: { $in: [...OPEN] } });
  if (open < MAX_OPEN_JOBS) return;
  const message = `You have ${open} jobs that have not ended; at most ${MAX_OPEN_JOBS} are allowed. Wait for one to end, or cancel one`;
  throw AppError.limit('maxOpenJobs', MAX_OPEN_JOBS, open + 1, message);
}

/**
 * Adds a new job's items to the user's usage, in the transaction that stores them and before their rows. Throws
 * LIMIT_EXCEEDED if the user's jobs would have more than `max` items together.
 */
export async function reserveItems(
  em: SqlEntityManager,
  userId: string,
  items: number,
  max: number,
): Promise<void> {
  const { jobItems } = await addUsage(em, userId, { jobItems: items });
  if (jobItems <= max) return;
  const message = `Your jobs may have at most ${max} items together, not ${jobItems}; delete jobs first`;
  throw AppError.limit('userJobItems', max, jobItems, message);
}
