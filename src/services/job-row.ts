import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../entities/job.entity.js';
import type { QueueEntry } from '../queue/queue.js';
import { assertJobMove, type ItemCounts, isEnded, itemStatusesBefore, jobStatus } from './job-state.js';

/**
 * The job's row, locked until the transaction of `em` ends; null when there is none. Whoever changes a job or any of
 * its items locks the job first: so its counts and its `seq` move in one order, in step with its items.
 */
export async function lockJob(em: SqlEntityManager, id: string): Promise<Job | null> {
  return em.findOne(Job, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** How many items of a job have each status; what is under way counts as queued. */
export function countsOf(job: Job): ItemCounts {
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
export function settle(job: Job): void {
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
