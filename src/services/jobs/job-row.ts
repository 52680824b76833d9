import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import type { QueueEntry } from '../../queue/queue.js';
import { placeholders } from '../shared/placeholders.js';
import { assertJobMove, type ItemCounts, isEnded, itemStatusesBefore, jobStatus, OPEN } from './job-state.js';

/**
 * The job's row, locked until the transaction of `em` ends; null when there is none. Whoever changes a job or any of
 * its items locks the job first: so its counts and its `seq` move in one order, in step with its items.
 */
export async function lockJob(em: SqlEntityManager, id: string): Promise<Job | null> {
  return em.findOne(Job, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Whether a round of a job has ended: where its items should not be run any more. */
export async function isOver(
  em: SqlEntityManager,
  { id, round }: Pick<Job, 'id' | 'round'>,
): Promise<boolean> {
  const open = await em.execute(
    `select 1 from job where id = ? and round = ? and status in (${placeholders(OPEN)})`,
    [id, round, ...OPEN],
  );
  return open.length === 0;
}

/** What of a job's row follows from its items. */
export type JobTally = Pick<
  Job,
  'status' | 'totalCount' | 'completedCount' | 'failedCount' | 'cancelledCount' | 'finishedAt'
> & { startedAt: unknown };

/** What changes of a job's row while its items are run. */
export type RunningJob = JobTally & { seq: number };

/** How many items a change of a job ends. */
export interface Ends {
  completed: number;
  failed: number;
}

/**
 * Counts a change of a job and the items that it ends, and locks its row as {@link lockJob} does; undefined where that
 * round of it is over. In SQL, as what happens to its items.
 */
export async function countChange(
  em: SqlEntityManager,
  { id, round }: Pick<Job, 'id' | 'round'>,
  { completed, failed }: Ends,
): Promise<RunningJob | undefined> {
  const [job] = await em.execute<Omit<RunningJob, 'finishedAt'>[]>(
    `update job set seq = seq + 1, completed_count = completed_count + ?, failed_count = failed_count + ?
     where id = ? and round = ? and status in (${placeholders(OPEN)})
     returning seq, status, total_count as "totalCount", completed_count as "completedCount",
       failed_count as "failedCount", cancelled_count as "cancelledCount", started_at as "startedAt"`,
    [completed, failed, id, round, ...OPEN],
  );
  return job && { ...job, finishedAt: null };
}

/** Writes what of a job's row is not what {@link countChange} has made of it. */
export async function writeTally(
  em: SqlEntityManager,
  id: string,
  { status, completedCount, failedCount, finishedAt }: RunningJob,
): Promise<void> {
  await em.execute(
    'update job set status = ?, completed_count = ?, failed_count = ?, finished_at = ? where id = ?',
    [status, completedCount, failedCount, finishedAt, id],
    'run',
  );
}

/** How many items of a job have each status; what is under way counts as queued. */
export function countsOf(job: JobTally): ItemCounts {
  const { totalCount, completedCount, failedCount, cancelledCount } = job;
  const open = totalCount - completedCount - failedCount - cancelledCount;
  return {
    QUEUED: open,
    PROCESSING: 0,
    COMPLETED: completedCount,
    FAILED: failedCount,
    CANCELLED: cancelledCount,
  };
}

/** Gives a locked job the status that follows from its counts and `startedAt`, and its end once it has ended. */
export function settle(job: JobTally): void {
  const status = jobStatus(countsOf(job), job.startedAt !== null);
  assertJobMove(job.status, status);
  job.status = status;
  job.finishedAt = isEnded(status) ? (job.finishedAt ?? new Date()) : null;
}

/** So many entries of the queue make a job, for machines to share it to its end and for owners to take turns. */
const CHUNKS = 16;
/** Fewer items in one would cost more to claim than they are worth; more would keep others waiting. */
const MIN_CHUNK = 4;
const MAX_CHUNK = 16;

/** The entries for items of a job that wait. */
export function chunksOf(job: Job, positions: readonly number[]): QueueEntry[] {
  const size = Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, Math.ceil(positions.length / CHUNKS)));
  const chunks: QueueEntry[] = [];
  for (let start = 0; start < positions.length; start += size) {
    chunks.push({
      jobId: job.id,
      ownerId: job.owner.id,
      round: job.round,
      turn: chunks.length,
      positions: positions.slice(start, start + size),
    });
  }
  return chunks;
}

/** A job's items to which a move can be made. */
export function itemsOpenTo(move: 'cancel' | 'retry', { id }: Job) {
  return { job: id, status: { $in: [...itemStatusesBefore(move)] } };
}
