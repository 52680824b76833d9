import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import type { QueueEntry } from '../../queue/queue.js';
import { placeholders } from '../shared/placeholders.js';
import { assertJobMove, type ItemCounts, isEnded, jobStatus, OPEN } from './job-state.js';

/**
 * Returns the job's row, locked until the transaction of `em` ends; null if it does not exist. Every change of a job or
 * of its items locks the job first, so that its counts and its `seq` change in the same order as its items.
 */
export async function lockJob(em: SqlEntityManager, id: string): Promise<Job | null> {
  return em.findOne(Job, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Returns true when this round of the job has ended and its items must not be run any more. */
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

/** The columns of a job that follow from its items. */
export type JobTally = Pick<
  Job,
  'status' | 'totalCount' | 'completedCount' | 'failedCount' | 'cancelledCount' | 'finishedAt'
> & { startedAt: unknown };

/** The columns of a job that change while its items run. */
export type RunningJob = JobTally & { seq: number };

/** Number of items that one change of a job ends. */
export interface Ends {
  completed: number;
  failed: number;
}

/**
 * Increments the job's `seq` and counts, and locks its row as {@link lockJob} does. Returns undefined if this round of
 * the job has ended. Plain SQL, because it runs for every commit of results.
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

/** Writes the columns that differ from what {@link countChange} stored. */
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

/** Returns the number of items in each status; items that are running count as QUEUED. */
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

/** Sets the status of a locked job from its counts and `startedAt`, and `finishedAt` when it has ended. */
export function settle(job: JobTally): void {
  const status = jobStatus(countsOf(job), job.startedAt !== null);
  assertJobMove(job.status, status);
  job.status = status;
  job.finishedAt = isEnded(status) ? (job.finishedAt ?? new Date()) : null;
}

/** Queue entries of one job, so that several machines share it until its end and owners take turns. */
const CHUNKS = 16;
/** With fewer items, a claim costs more than the work; with more, other owners wait too long. */
const MIN_CHUNK = 4;
const MAX_CHUNK = 16;

/** Returns the queue entries for queued items of a job. */
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
