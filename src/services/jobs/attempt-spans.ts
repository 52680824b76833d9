import type { AttemptType } from '../../entities/attempt.type.js';
import type { ItemError, JobItem, StoredAttempt } from '../../entities/job-item.entity.js';

/** Attempts kept of one item: the newest. An owner can retry an item any number of times. */
const MAX_STORED = 50;

export const CANCELLED_ATTEMPT: ItemError = { code: 'CANCELLED', message: 'The job was cancelled' };
/** Error of an attempt that was stopped by a shutdown. */
export const RELEASED_ATTEMPT: ItemError = {
  code: 'CANCELLED',
  message: 'The server stopped; the item was queued again',
};
/** Error of an attempt whose process was lost. */
const LOST_ATTEMPT: ItemError = {
  code: 'PROCESSING_FAILED',
  message: 'The process that ran the item was lost; the item was queued again',
};

type Attempted = Pick<
  JobItem,
  'status' | 'attempts' | 'error' | 'startedAt' | 'finishedAt' | 'earlierAttempts'
>;

/** Returns the public error of an item: null unless it failed. */
export function errorOf({ status, error }: Pick<JobItem, 'status' | 'error'>): ItemError | null {
  return status === 'FAILED' ? error : null;
}

/** Returns the attempts at an item, oldest first. */
export function attemptSpans(item: Attempted): AttemptType[] {
  const { status, attempts, error, startedAt, finishedAt, earlierAttempts } = item;
  const earlier = (earlierAttempts ?? []).map((attempt) => ({
    ...attempt,
    startedAt: new Date(attempt.startedAt),
    finishedAt: new Date(attempt.finishedAt),
  }));
  // Items of releases before there were spans have attempts, but no times.
  if (attempts === 0 || startedAt === null) return earlier;
  const hasNone = status === 'COMPLETED' || status === 'PROCESSING';
  return [...earlier, { number: attempts, startedAt, finishedAt, error: hasNone ? null : error }];
}

/** Returns `earlierAttempts` for an item that is started anew: its last attempt joins them. */
export function attemptsBeforeStart(item: Attempted, now: Date): readonly StoredAttempt[] {
  const last = attemptSpans(item).map((span) => ({
    number: span.number,
    startedAt: span.startedAt.toISOString(),
    finishedAt: (span.finishedAt ?? now).toISOString(),
    error: span.error ?? LOST_ATTEMPT,
  }));
  return last.slice(-MAX_STORED);
}
