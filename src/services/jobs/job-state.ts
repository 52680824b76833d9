import type { JobStatus } from '../../entities/job-status.js';
import { AppError } from '../../errors.js';

/** Where something is to be done. */
export const OPEN: readonly JobStatus[] = ['QUEUED', 'PROCESSING'];

/** True where nothing more happens by itself: only a retry leads out of it. */
export function isEnded(status: JobStatus): boolean {
  return !OPEN.includes(status);
}

/**
 * What happens to an item. `release`: whoever held it is gone or gives it back. `fail` may also meet one that
 * waits: its entry in the queue was given up.
 */
export type ItemMove = 'start' | 'complete' | 'fail' | 'cancel' | 'release' | 'retry';

const ITEM_MOVES: Record<ItemMove, { from: readonly JobStatus[]; to: JobStatus }> = {
  start: { from: ['QUEUED'], to: 'PROCESSING' },
  complete: { from: ['PROCESSING'], to: 'COMPLETED' },
  fail: { from: ['QUEUED', 'PROCESSING'], to: 'FAILED' },
  cancel: { from: ['QUEUED', 'PROCESSING'], to: 'CANCELLED' },
  release: { from: ['PROCESSING'], to: 'QUEUED' },
  retry: { from: ['FAILED', 'CANCELLED'], to: 'QUEUED' },
};

/** The statuses that a move starts from: the condition of the UPDATE that makes it. */
export function itemStatusesBefore(move: ItemMove): readonly JobStatus[] {
  return ITEM_MOVES[move].from;
}

/** The status that a move leads to. */
export function statusAfter(move: ItemMove): JobStatus {
  return ITEM_MOVES[move].to;
}

/** Workers that may die under an item before that counts as its own failure. */
export const MAX_CRASHES = 3;

/**
 * What becomes of an item whose worker died under it, by how often that has happened since its owner last queued it.
 * What is no fault of an item, such as a restart of the server, is not counted.
 */
export function moveAfterCrash(crashes: number): 'release' | 'fail' {
  return crashes < MAX_CRASHES ? 'release' : 'fail';
}

/** How many items of a job have each status. */
export type ItemCounts = Readonly<Record<JobStatus, number>>;

export function countItems(statuses: Iterable<JobStatus>): ItemCounts {
  const counts = { QUEUED: 0, PROCESSING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };
  for (const status of statuses) counts[status]++;
  return counts;
}

/**
 * A job's status, from its items. `started`: an item has been started since the job was created or last
 * retried (`startedAt` is set); without it, a job whose only running item is released would seem to go back.
 */
export function jobStatus(counts: ItemCounts, started: boolean): JobStatus {
  if (counts.QUEUED + counts.PROCESSING > 0)
    return started || counts.PROCESSING > 0 ? 'PROCESSING' : 'QUEUED';
  if (counts.CANCELLED > 0) return 'CANCELLED';
  return counts.COMPLETED > 0 ? 'COMPLETED' : 'FAILED';
}

const JOB_MOVES: Record<JobStatus, readonly JobStatus[]> = {
  // Straight to an end: its entries in the queue were given up (COMPLETED: after a retry, with older results).
  QUEUED: ['PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: ['QUEUED'],
  FAILED: ['QUEUED'],
  CANCELLED: ['QUEUED'],
};

/** CONFLICT where a job cannot go from the one status to the other. Staying is no move and always right. */
export function assertJobMove(from: JobStatus, to: JobStatus): void {
  if (from !== to && !JOB_MOVES[from].includes(to)) throw conflict(from, `become ${to}`);
}

/** Whether `cancelJob` has something to do: not where it was cancelled before. CONFLICT where it has ended. */
export function mustCancel(status: JobStatus): boolean {
  if (status === 'CANCELLED') return false;
  if (isEnded(status)) throw conflict(status, 'cancel');
  return true;
}

/**
 * Whether `retryJob` has something to do: not where it waits already, nor where every item has a result.
 * CONFLICT where it runs.
 */
export function mustRetry(status: JobStatus, counts: ItemCounts): boolean {
  if (status === 'PROCESSING') throw conflict(status, 'retry');
  return isEnded(status) && counts.FAILED + counts.CANCELLED > 0;
}

/** CONFLICT where a job cannot be deleted, as it has not ended. */
export function assertDeletable(status: JobStatus): void {
  if (!isEnded(status)) throw conflict(status, 'delete');
}

function conflict(status: JobStatus, move: string): AppError {
  return new AppError('CONFLICT', `Cannot ${move}: the job is ${status}`, { status, move });
}
