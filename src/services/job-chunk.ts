import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Job } from '../entities/job.entity.js';
import { JobItem } from '../entities/job-item.entity.js';
import type { QueueEntry } from '../queue/queue.js';
import { lockJob } from './job-row.js';
import { isEnded, itemStatusesBefore, statusAfter } from './job-state.js';

/** What every item of a job has in common. */
export type JobFacts = Readonly<
  Pick<Job, 'id' | 'round' | 'seq' | 'pool' | 'workers' | 'engine' | 'operations'> & { ownerId: string }
>;

/** An item that is to be run. */
export interface OpenItem {
  readonly position: number;
  readonly attempts: number;
  readonly crashes: number;
  /** Null where the image has been deleted. */
  readonly source: { readonly storageKey: string; readonly filename: string } | null;
}

/**
 * The items of a claimed entry that have not ended. Whoever had them before is gone or too late: what they left under
 * way waits again. Undefined where the entry is void, as its job has ended or been retried since.
 */
export function takeOver(
  em: SqlEntityManager,
  { jobId, round, positions }: QueueEntry,
): Promise<{ job: JobFacts; items: OpenItem[] } | undefined> {
  return em.transactional(async (tx) => {
    const em = tx as SqlEntityManager;
    const job = await lockJob(em, jobId);
    if (job === null || job.round !== round || isEnded(job.status)) return undefined;
    const rows = await em.find(
      JobItem,
      { job: jobId, position: { $in: [...positions] }, status: { $in: ['QUEUED', 'PROCESSING'] } },
      { populate: ['image'], orderBy: { position: 'asc' } },
    );
    if (rows.some(({ status }) => status === 'PROCESSING')) await releaseItems(em, jobId, positions);
    const items = rows.map(({ position, attempts, crashes, image }) => {
      return { position, attempts, crashes, source: image };
    });
    const { pool, workers, engine, operations, seq, owner } = job;
    return { job: { id: jobId, ownerId: owner.id, round, seq, pool, workers, engine, operations }, items };
  });
}

/** Puts items that were under way back to waiting, in a transaction that has locked their job. */
export async function releaseItems(
  em: SqlEntityManager,
  jobId: string,
  positions: readonly number[],
): Promise<void> {
  const before = [...itemStatusesBefore('release')];
  const where = { job: jobId, position: { $in: [...positions] }, status: { $in: before } };
  await em.nativeUpdate(JobItem, where, { status: statusAfter('release') });
}
