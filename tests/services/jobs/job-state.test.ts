import { describe, expect, it } from '@jest/globals';
import { JOB_STATUSES, type JobStatus } from '../../../src/entities/job-status.js';
import {
  assertDeletable,
  assertJobMove,
  countItems,
  type ItemMove,
  itemStatusesBefore,
  jobStatus,
  moveAfterCrash,
  mustCancel,
  mustRetry,
  statusAfter,
} from '../../../src/services/jobs/job-state.js';

const MOVES: ItemMove[] = ['start', 'complete', 'fail', 'cancel', 'release', 'retry'];

/** Written out here a second time, as an image, so that a slip in the table shows. `.` is illegal. */
const ITEM_TABLE = `
              start       complete   fail    cancel     release  retry
  QUEUED      PROCESSING  .          FAILED  CANCELLED  .        .
  PROCESSING  .           COMPLETED  FAILED  CANCELLED  QUEUED   .
  COMPLETED   .           .          .       .          .        .
  FAILED      .           .          .       .          .        QUEUED
  CANCELLED   .           .          .       .          .        QUEUED`;

const itemCases = ITEM_TABLE.trim()
  .split('\n')
  .slice(1)
  .flatMap((row) => {
    const [from, ...targets] = row.trim().split(/\s+/);
    return targets.map((to, i) => ({ from: from as JobStatus, move: MOVES[i] as ItemMove, to }));
  });

describe('an item', () => {
  it.each(itemCases)('$from, $move: $to', ({ from, move, to }) => {
    expect(itemStatusesBefore(move).includes(from)).toBe(to !== '.');
    if (to !== '.') expect(statusAfter(move)).toBe(to);
  });

  it('fails at its third crash', () => {
    expect([1, 2, 3, 4].map(moveAfterCrash)).toEqual(['release', 'release', 'fail', 'fail']);
  });
});

describe('a job', () => {
  it.each<[string, JobStatus[], boolean, JobStatus]>([
    ['nothing started', ['QUEUED', 'QUEUED'], false, 'QUEUED'],
    ['one runs', ['PROCESSING', 'QUEUED'], true, 'PROCESSING'],
    ['the running one was released', ['QUEUED', 'QUEUED'], true, 'PROCESSING'],
    ['one is left', ['COMPLETED', 'QUEUED'], true, 'PROCESSING'],
    ['retried, not started again', ['COMPLETED', 'QUEUED'], false, 'QUEUED'],
    ['all have results', ['COMPLETED', 'COMPLETED'], true, 'COMPLETED'],
    ['one has a result', ['COMPLETED', 'FAILED'], true, 'COMPLETED'],
    ['none has a result', ['FAILED', 'FAILED'], true, 'FAILED'],
    ['cancelled midway', ['COMPLETED', 'FAILED', 'CANCELLED'], true, 'CANCELLED'],
  ])('%s: %j', (_, items, started, status) => {
    expect(jobStatus(countItems(items), started)).toBe(status);
  });

  it.each<[JobStatus, boolean | 'CONFLICT', boolean | 'CONFLICT']>([
    ['QUEUED', true, false],
    ['PROCESSING', true, 'CONFLICT'],
    ['COMPLETED', 'CONFLICT', true],
    ['FAILED', 'CONFLICT', true],
    ['CANCELLED', false, true],
  ])('that is %s: cancel %s, retry %s', (status, cancel, retry) => {
    const counts = countItems(['FAILED']);
    expect(outcome(() => mustCancel(status))).toBe(cancel);
    expect(outcome(() => mustRetry(status, counts))).toBe(retry);
  });

  it.each(JOB_STATUSES)('that is %s is deleted only when it has ended', (status) => {
    const deletable = status !== 'QUEUED' && status !== 'PROCESSING';
    expect(outcome(() => assertDeletable(status) ?? true)).toBe(deletable || 'CONFLICT');
  });

  it.each<[JobStatus, JobStatus]>([
    ['PROCESSING', 'QUEUED'],
    ['COMPLETED', 'PROCESSING'],
    ['COMPLETED', 'CANCELLED'],
    ['FAILED', 'COMPLETED'],
    ['CANCELLED', 'COMPLETED'],
    ['CANCELLED', 'PROCESSING'],
  ])('that is %s cannot become %s', (from, to) => {
    expect(() => assertJobMove(from, to)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  });

  it('with a result for every item has nothing to retry', () => {
    expect(mustRetry('COMPLETED', countItems(['COMPLETED', 'COMPLETED']))).toBe(false);
  });
});

function outcome(decide: () => boolean): unknown {
  try {
    return decide();
  } catch (error) {
    return (error as { code: string }).code;
  }
}
