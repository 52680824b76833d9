import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  failuresByCode,
  isJobEnded,
  type JobEvent,
  type JobState,
  reduceJob,
  throughput,
  timeLeftMs,
  UNKNOWN_JOB,
} from '../../../web/jobs/job.model.js';
import { assertProperty } from '../../support/property.js';

type Item = JobEvent['items'][number];

/** The items of a job in the order in which they end, and whether each fails. */
const history = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 40 })
  .map((fails): Item[] =>
    fails.map((failed, position) => ({
      position,
      status: failed ? 'FAILED' : 'COMPLETED',
      error: failed ? { code: 'PROCESSING_FAILED', message: 'broken' } : null,
    })),
  )
  .chain((items) => fc.shuffledSubarray(items, { minLength: items.length }));

/** The event after `to` items have ended that has those since `from`. */
function eventOf(items: readonly Item[], from: number, to: number): JobEvent {
  const ended = items.slice(0, to);
  const failedCount = ended.filter(({ status }) => status === 'FAILED').length;
  return {
    at: to * 100,
    seq: to,
    status: to < items.length ? 'PROCESSING' : failedCount === items.length ? 'FAILED' : 'COMPLETED',
    totalCount: items.length,
    completedCount: to - failedCount,
    failedCount,
    items: items.slice(from, to),
  };
}

const fold = (events: readonly JobEvent[]): JobState => events.reduce(reduceJob, UNKNOWN_JOB);
/** What the page shows, apart from the speed. */
const shownOf = ({ readings: _readings, items, ...rest }: JobState) => ({
  ...rest,
  items: [...items].sort(([a], [b]) => a - b),
});

describe('the progress of a job', () => {
  it('is the same for a client that joins late, and after duplicate or reordered events', () => {
    const plan = history.chain((items) =>
      fc.tuple(
        fc.constant(items),
        fc.uniqueArray(fc.integer({ min: 0, max: items.length }), { maxLength: 6 }),
        fc.array(fc.nat(20), { maxLength: 6 }),
        fc.infiniteStream(fc.nat(1_000)),
      ),
    );
    assertProperty(
      fc.property(plan, ([items, cuts, doubled, random]) => {
        const bounds = [...new Set([...cuts, items.length])].sort((a, b) => a - b);
        // The first event has the state as stored; each further one what has ended since.
        const events = bounds.map((to, index) =>
          eventOf(items, index === 0 ? 0 : (bounds[index - 1] as number), to),
        );
        const repeated = doubled.flatMap((index) => events[index % events.length] ?? []);
        const keys = new Map([...events, ...repeated].map((event) => [event, random.next().value as number]));
        const shuffled = [...events, ...repeated].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        const whole = shownOf(fold([eventOf(items, 0, items.length)]));
        expect(shownOf(fold(events))).toEqual(whole);
        expect(shownOf(fold(shuffled))).toEqual(whole);
        expect(isJobEnded(whole)).toBe(true);
      }),
    );
  });

  it('has as many failures in its groups as it counts', () => {
    assertProperty(
      fc.property(history, (items) => {
        const state = fold([eventOf(items, 0, items.length)]);
        const grouped = failuresByCode(state).reduce((sum, { count }) => sum + count, 0);
        expect(grouped).toBe(state.failedCount);
      }),
    );
  });
});

describe('the throughput', () => {
  const items: Item[] = Array.from({ length: 200 }, (_, position) => ({
    position,
    status: 'COMPLETED',
    error: null,
  }));

  it('covers the last seconds and estimates the remaining time', () => {
    // Ten items a second for five seconds; then, after a pause, one every 100 ms again.
    const state = fold([eventOf(items, 0, 0), eventOf(items, 0, 50)]);
    expect(throughput(state)).toBe(10);
    expect(timeLeftMs(state)).toBe(15_000);
    const later = reduceJob(state, { ...eventOf(items, 50, 60), at: 60_000 });
    expect(throughput(later)).toBeUndefined();
    expect(throughput(reduceJob(later, { ...eventOf(items, 60, 80), at: 61_000 }))).toBe(20);
  });

  it('is unknown before two events have arrived', () => {
    expect(throughput(UNKNOWN_JOB)).toBeUndefined();
    expect(timeLeftMs(fold([eventOf(items, 0, 10)]))).toBeUndefined();
  });
});
