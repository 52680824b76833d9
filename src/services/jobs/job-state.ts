import type { JobStatus } from '../../entities/job-status.js';
import { AppError } from '../../errors.js';

/** Statuses of a job or item that has not ended. */
export const OPEN: readonly JobStatus[] = ['QUEUED', 'PROCESSING'];

/** Returns true for a final status; only a retry changes it. */
export function isEnded(status: JobStatus): boolean {
  return !OPEN.includes(status);
}

/**
 * The transitions of an item. `release`: its holder has died or returns it. `fail` also applies to a queued item, when
 * its queue entry is given up.
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

/** Returns the statuses from which a move is allowed: the condition of its UPDATE. */
export function itemStatusesBefore(move: ItemMove): readonly JobStatus[] {
  return ITEM_MOVES[move].from;
}

/** Returns the status after a move. */
export function statusAfter(move: ItemMove): JobStatus {
  return ITEM_MOVES[move].to;
}

/** Worker crashes after which an item fails. */
export const MAX_CRASHES = 3;

/**
 * Returns the move for an item whose worker died, from the number of crashes since its owner last queued it. A restart
 * of the server does not count as a crash.
 */
export function moveAfterCrash(crashes: number): 'release' | 'fail' {
  return crashes < MAX_CRASHES ? 'release' : 'fail';
}

/** Number of items of a job in each status. */
export type ItemCounts = Readonly<Record<JobStatus, number>>;

export function countItems(statuses: Iterable<JobStatus>): ItemCounts {
  const counts = { QUEUED: 0, PROCESSING: 0, COMPLETED: 0, FAILED: 0, CANCELLED: 0 };
  for (const status of statuses) counts[status]++;
  return counts;
}

/**
 * Returns a job's status from its items. `started`: an item has been started since the job was created or last retried
 * (`startedAt` is set), so that a job whose only running item is released stays PROCESSING.
 */
export function jobStatus(counts: ItemCounts, started: boolean): JobStatus {
  if (counts.QUEUED + counts.PROCESSING > 0)
    return started || counts.PROCESSING > 0 ? 'PROCESSING' : 'QUEUED';
  if (counts.CANCELLED > 0) return 'CANCELLED';
  return counts.COMPLETED > 0 ? 'COMPLETED' : 'FAILED';
}

const JOB_MOVES: Record<JobStatus, readonly JobStatus[]> = {
  // Directly to a final status when its queue entries were given up (COMPLETED: after a retry, with older results).
  QUEUED: ['PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: ['QUEUED'],
  FAILED: ['QUEUED'],
  CANCELLED: ['QUEUED'],
};

/** Throws CONFLICT for a transition that a job cannot make. Equal statuses are always allowed. */
export function assertJobMove(from: JobStatus, to: JobStatus): void {
  if (from === to || JOB_MOVES[from].includes(to)) return;
  throw new AppError('CONFLICT', `A ${from} job cannot become ${to}`, { status: from, move: to });
}

/** Returns false if the job is cancelled already. Throws CONFLICT if it has ended otherwise. */
export function mustCancel(status: JobStatus): boolean {
  if (status === 'CANCELLED') return false;
  if (isEnded(status)) throw conflict(status, 'cancel');
  return true;
}

/** Returns false if the job is queued already or every item has a result. Throws CONFLICT while the job runs. */
export function mustRetry(status: JobStatus, counts: ItemCounts): boolean {
  if (status === 'PROCESSING') throw conflict(status, 'retry');
  return isEnded(status) && counts.FAILED + counts.CANCELLED > 0;
}

/** Throws CONFLICT for a job that has not ended. */
export function assertDeletable(status: JobStatus): void {
  if (!isEnded(status)) throw conflict(status, 'delete');
}

function conflict(status: JobStatus, move: string): AppError {
  return new AppError('CONFLICT', `Cannot ${move} the job: its status is ${status}`, { status, move });
}
