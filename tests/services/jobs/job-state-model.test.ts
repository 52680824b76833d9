import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JOB_STATUSES, type JobStatus } from '../../../src/entities/job-status.js';
import {
  assertJobMove,
  countItems,
  type ItemMove,
  isEnded,
  itemStatusesBefore,
  jobStatus,
  moveAfterCrash,
  mustCancel,
  mustRetry,
  statusAfter,
} from '../../../src/services/jobs/job-state.js';
import { assertProperty } from '../../support/property.js';

/** A job in memory; every change goes through the state machine. */
class Job {
  readonly items: { status: JobStatus; attempts: number; started: number }[];
  started = false;
  status: JobStatus = 'QUEUED';

  constructor(size: number) {
    this.items = Array.from({ length: size }, () => ({ status: 'QUEUED', attempts: 0, started: 0 }));
  }

  get counts() {
    return countItems(this.items.map(({ status }) => status));
  }

  /** False if the transition is illegal from the item's status: the SQL then finds no row. */
  move(position: number, move: ItemMove): boolean {
    const item = this.items[position % this.items.length];
    if (item === undefined || !itemStatusesBefore(move).includes(item.status)) return false;
    item.status = statusAfter(move);
    if (move === 'start') {
      item.attempts++;
      this.started = true;
    }
    if (move === 'retry') item.attempts = 0;
    return true;
  }

  crash(position: number): void {
    const item = this.items[position % this.items.length];
    if (item?.status === 'PROCESSING') this.move(position, moveAfterCrash(item.attempts));
  }

  cancel(): void {
    if (mustCancel(this.status)) this.#moveAll('cancel');
  }

  retry(): void {
    if (!mustRetry(this.status, this.counts)) return;
    this.started = false;
    this.#moveAll('retry');
  }

  settle(): void {
    const next = jobStatus(this.counts, this.started);
    assertJobMove(this.status, next);
    this.status = next;
  }

  #moveAll(move: ItemMove): void {
    for (const position of this.items.keys()) this.move(position, move);
  }
}

describe('a job under any order of events', () => {
  // Whole-job events are rare, so that jobs also end by themselves.
  const itemEvent = fc.record({
    position: fc.nat({ max: 9 }),
    move: fc.constantFrom<(ItemMove | 'crash')[]>('start', 'complete', 'fail', 'crash'),
  });
  const event = fc.oneof(
    { weight: 10, arbitrary: itemEvent },
    { weight: 1, arbitrary: fc.constant({ position: 0, move: 'cancelJob' as const }) },
    { weight: 2, arbitrary: fc.constant({ position: 0, move: 'retryJob' as const }) },
  );
  const history = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.array(event, { maxLength: 60, size: 'max' }));

  function apply(job: Job, { position, move }: { position: number; move: string }): boolean {
    try {
      if (move === 'crash') job.crash(position);
      else if (move === 'cancelJob') job.cancel();
      else if (move === 'retryJob') job.retry();
      else return job.move(position, move as ItemMove);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'CONFLICT' });
      return false;
    }
  }

  it('keeps finished results, makes only legal moves, and agrees with its items', () => {
    assertProperty(
      fc.property(history, ([size, events]) => {
        const job = new Job(size);
        for (const happened of events) {
          const before = structuredClone(job.items);
          const statusBefore = job.status;
          const applied = apply(job, happened);
          if (!applied) expect(job.items).toEqual(before);
          // Throws if the items require a transition that is illegal for a job.
          job.settle();
          before.forEach(({ status }, i) => {
            if (status === 'COMPLETED') expect(job.items[i]?.status).toBe('COMPLETED');
          });
          expect(job.items.every(({ attempts }) => attempts <= 3)).toBe(true);
          expect(isEnded(job.status)).toBe(job.items.every((item) => isEnded(item.status)));
          if (job.status === 'QUEUED' && statusBefore !== 'QUEUED') expect(happened.move).toBe('retryJob');
          if (job.status === 'CANCELLED' && statusBefore !== 'CANCELLED')
            expect(happened.move).toBe('cancelJob');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('always ends when its items are run, from any earlier state', () => {
    assertProperty(
      fc.property(history, ([size, events]) => {
        const job = new Job(size);
        for (const happened of events) {
          apply(job, happened);
          job.settle();
        }
        for (const position of job.items.keys()) {
          job.move(position, 'start');
          job.move(position, 'complete');
        }
        job.settle();
        expect(isEnded(job.status)).toBe(true);
      }),
    );
  });

  it('does nothing the second time it is cancelled or retried', () => {
    assertProperty(
      fc.property(history, fc.constantFrom('cancelJob', 'retryJob'), ([size, events], move) => {
        const job = new Job(size);
        for (const happened of events) {
          apply(job, happened);
          job.settle();
        }
        if (!apply(job, { position: 0, move })) return;
        job.settle();
        const once = structuredClone({ items: job.items, status: job.status });
        expect(apply(job, { position: 0, move })).toBe(true);
        job.settle();
        expect({ items: job.items, status: job.status }).toEqual(once);
      }),
    );
  });

  it('has a status for every mix of items', () => {
    const mixes = fc.array(fc.constantFrom(...JOB_STATUSES), { minLength: 1, maxLength: 20 });
    assertProperty(
      fc.property(mixes, fc.boolean(), (items, started) => {
        const status = jobStatus(countItems(items), started);
        expect(isEnded(status)).toBe(items.every(isEnded));
        if (status === 'COMPLETED') expect(items).toContain('COMPLETED');
        if (status === 'FAILED') expect(items).not.toContain('COMPLETED');
      }),
    );
  });
});
