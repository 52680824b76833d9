import { raw, type SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import { AppError } from '../../errors.js';
import { OPEN } from './job-state.js';

/** Of one user. Each has rows for all of its images, which cost the database whether or not they get their turn. */
const MAX_OPEN_JOBS = 100;

/** LIMIT_EXCEEDED when the user, whose row is locked, has so many jobs that have not ended. */
export async function refuseTooManyJobs(em: SqlEntityManager, userId: string): Promise<void> {
  const open = await em.count(Job, { owner: userId, status: { $in: [...OPEN] } });
  if (open < MAX_OPEN_JOBS) return;
  const message = `At most ${MAX_OPEN_JOBS} of your jobs can wait or run; cancel one or wait`;
  throw AppError.limit('maxOpenJobs', MAX_OPEN_JOBS, open + 1, message);
}

/** LIMIT_EXCEEDED when the jobs of the user, whose row is locked, would have more items than they may keep. */
export async function refuseTooManyItems(
  em: SqlEntityManager,
  userId: string,
  more: number,
  max: number,
): Promise<void> {
  const row = await em
    .createQueryBuilder(Job)
    .select(raw('coalesce(sum(total_count), 0) as total'))
    .where({ owner: userId })
    .execute<{ total: number | string }>('get', false);
  const asked = Number(row.total) + more;
  if (asked <= max) return;
  throw AppError.limit(
    'userJobItems',
    max,
    asked,
    `At most ${max} items of your jobs are kept; delete jobs first`,
  );
}
