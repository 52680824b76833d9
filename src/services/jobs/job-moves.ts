import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import { AppError, ERROR_CODES, type ErrorCode } from '../../errors.js';
import { CANCELLED_ATTEMPT } from './attempt-spans.js';
import { countItems, itemStatusesBefore, statusAfter } from './job-state.js';

/** Cancels the open items of a locked job and returns their number. */
export async function cancelItems(em: SqlEntityManager, job: Job): Promise<number> {
  const set = { status: statusAfter('cancel'), endedSeq: job.seq + 1 };
  const where = { job: job.id, status: { $in: [...itemStatusesBefore('cancel')] } };
  const finishedAt = new Date();
  // The attempt that runs ends with it; that of an item which waits for a retry has an end already.
  const ends = { ...set, error: CANCELLED_ATTEMPT, finishedAt };
  const running = await em.nativeUpdate(JobItem, { ...where, status: 'PROCESSING' }, ends);
  const neverStarted = await em.nativeUpdate(JobItem, { ...where, attempts: 0 }, { ...set, finishedAt });
  return running + neverStarted + (await em.nativeUpdate(JobItem, where, set));
}

type EndedItem = Pick<JobItem, 'position' | 'status'>;

/** Returns a job's failed and cancelled items, or those that failed with one of `codes`. */
export async function itemsToRetry(
  em: SqlEntityManager,
  { id }: Job,
  codes: readonly string[] | undefined,
): Promise<EndedItem[]> {
  const where =
    codes === undefined
      ? { job: id, status: { $in: [...itemStatusesBefore('retry')] } }
      : { job: id, status: 'FAILED' as const, error: { code: { $in: [...codes] as ErrorCode[] } } };
  return em.find(JobItem, where, { fields: ['position', 'status'], orderBy: { position: 'asc' } });
}

/** Queues items of a locked job that has ended for a new round; the caller adds their queue entries. */
export async function requeueItems(
  em: SqlEntityManager,
  job: Job,
  items: readonly EndedItem[],
): Promise<void> {
  // The error stays: it is that of the last attempt.
  const set = { status: statusAfter('retry'), crashes: 0, endedSeq: null };
  for (let start = 0; start < items.length; start += STATEMENT_ROWS) {
    const positions = items.slice(start, start + STATEMENT_ROWS).map(({ position }) => position);
    await em.nativeUpdate(JobItem, { job: job.id, position: { $in: positions } }, set);
  }
  const { FAILED, CANCELLED } = countItems(items.map(({ status }) => status));
  job.failedCount -= FAILED;
  job.cancelledCount -= CANCELLED;
  job.endedBefore = job.completedCount + job.failedCount + job.cancelledCount;
  job.startedAt = null;
  job.round++;
}

/** Positions in one statement: databases limit its parameters. */
const STATEMENT_ROWS = 1_000;

/** Throws BAD_USER_INPUT unless `codes` is a list of error codes. */
export function checkCodes(codes: readonly string[]): void {
  if (codes.length === 0) throw AppError.badInput('codes', 'must contain at least one code');
  for (const [i, code] of codes.entries()) {
    if (!(ERROR_CODES as readonly string[]).includes(code)) {
      throw AppError.badInput(`codes[${i}]`, `must be one of ${ERROR_CODES.join(', ')}`);
    }
  }
}
