import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AttemptSpan, waterfall } from '../../../web/jobs/attempts.model.js';
import { assertProperty } from '../../support/property.js';

const time = fc.integer({ min: 0, max: 100_000 });
const spans = fc
  .array(fc.tuple(time, fc.option(time), fc.boolean()), { minLength: 1, maxLength: 8 })
  .map((rows) =>
    rows.map(
      ([start, length, fails], index): AttemptSpan => ({
        number: index + 1,
        startedAt: new Date(start).toISOString(),
        finishedAt: length === null ? null : new Date(start + length).toISOString(),
        error: fails ? { code: 'PROCESSING_FAILED', message: 'broken' } : null,
      }),
    ),
  );

it('shows every attempt within the whole, also where clocks disagree', () => {
  assertProperty(
    fc.property(spans, time, (attempts, now) => {
      const rows = waterfall(attempts, now);
      expect(rows.map(({ number }) => number)).toEqual(attempts.map(({ number }) => number));
      for (const { start, length, ms } of rows) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(length).toBeGreaterThan(0);
        expect(start + length).toBeLessThanOrEqual(1.000_001);
        expect(ms).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

it('describes how each attempt ended', () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const rows = waterfall(
    [
      {
        number: 1,
        startedAt: at(0),
        finishedAt: at(40),
        error: { code: 'SERVER_BUSY', message: 'worker lost' },
      },
      { number: 2, startedAt: at(60), finishedAt: at(80), error: null },
      { number: 3, startedAt: at(80), finishedAt: null, error: null },
    ],
    100,
  );
  expect(rows.map(({ outcome, code, ms }) => [outcome, code, ms])).toEqual([
    ['FAILED', 'SERVER_BUSY', 40],
    ['STORED', '', 20],
    ['RUNNING', '', 20],
  ]);
  expect(rows[1]?.start).toBe(0.6);
});
