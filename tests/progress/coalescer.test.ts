import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { Coalescer } from '../../src/progress/coalescer.js';
import { PROGRESS_INTERVAL_MS } from '../../src/progress/progress.js';
import { assertProperty } from '../support/property.js';

interface Sent {
  id: string;
  seq: number;
  at: number;
}

describe('Coalescer', () => {
  let sent: Sent[];
  let coalescer: Coalescer;

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    sent = [];
    coalescer = new Coalescer(({ id, seq }) => sent.push({ id, seq, at: Date.now() }));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const push = (seq: number, id = 'a') => coalescer.push({ topic: 'job', id, seq });

  it('sends the first at once and the newest at the end of the interval', () => {
    push(1);
    jest.advanceTimersByTime(40);
    push(2);
    push(4);
    push(3);
    jest.advanceTimersByTime(PROGRESS_INTERVAL_MS);
    expect(sent).toEqual([
      { id: 'a', seq: 1, at: 0 },
      { id: 'a', seq: 4, at: PROGRESS_INTERVAL_MS },
    ]);
  });

  it('keeps no state for an id without changes for an interval', () => {
    for (let id = 0; id < 1000; id++) push(1, String(id));
    expect(jest.getTimerCount()).toBe(1000);
    jest.advanceTimersByTime(PROGRESS_INTERVAL_MS);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends what is pending when flushed, once', () => {
    push(1);
    push(2);
    coalescer.flush();
    coalescer.flush();
    jest.advanceTimersByTime(1000);
    expect(sent.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends at most ten a second for each id, in order, and the last within an interval', () => {
    const arrivals = fc.array(fc.record({ wait: fc.nat({ max: 250 }), id: fc.constantFrom('a', 'b') }), {
      maxLength: 200,
    });
    assertProperty(
      fc.property(arrivals, (pushes) => {
        sent = [];
        const last = new Map<string, Sent>();
        let seq = 0;
        for (const { wait, id } of pushes) {
          jest.advanceTimersByTime(wait);
          push(++seq, id);
          last.set(id, { id, seq, at: Date.now() });
        }
        jest.advanceTimersByTime(PROGRESS_INTERVAL_MS);
        for (const [id, { seq, at }] of last) {
          const own = sent.filter((one) => one.id === id);
          const final = own.at(-1);
          expect(final?.seq).toBe(seq);
          expect(Number(final?.at) - at).toBeLessThanOrEqual(PROGRESS_INTERVAL_MS);
          own.reduce(
            (before, one) => {
              expect(one.seq).toBeGreaterThan(before.seq);
              expect(one.at - before.at).toBeGreaterThanOrEqual(PROGRESS_INTERVAL_MS);
              return one;
            },
            { id, seq: 0, at: Number.NEGATIVE_INFINITY },
          );
        }
        jest.runAllTimers();
        jest.advanceTimersByTime(1000);
      }),
    );
  });
});
