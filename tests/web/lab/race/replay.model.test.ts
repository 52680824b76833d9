import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  counterAt,
  lostAt,
  madeAt,
  replayMs,
  type Track,
  tracksOf,
} from '../../../../web/lab/race/replay.model.js';
import { assertProperty } from '../../../support/property.js';

const measured = fc
  .record({
    readings: fc.uniqueArray(
      fc.record({ ms: fc.integer({ min: 0, max: 5_000 }), value: fc.integer({ min: 0, max: 10_000 }) }),
      { selector: ({ ms }) => ms, maxLength: 50 },
    ),
    final: fc.integer({ min: 0, max: 10_000 }),
    nanosecondsPerIncrement: fc.double({ min: 0.1, max: 100_000, noNaN: true }),
  })
  .map(({ readings, final, nanosecondsPerIncrement }) => ({
    variant: 'UNSYNCHRONIZED' as const,
    expected: 10_000,
    actual: [final],
    nanosecondsPerIncrement,
    readings: readings.sort((a, b) => a.ms - b.ms),
  }));

const track = (one: Parameters<typeof tracksOf>[0][number]): Track => tracksOf([one])[0] as Track;

describe('the replay of a race', () => {
  it('starts at nothing and ends with the final value', () => {
    assertProperty(
      fc.property(measured, (one) => {
        const replayed = track(one);
        expect(counterAt(replayed, 0)).toBe(0);
        expect(counterAt(replayed, replayed.endMs)).toBe(one.actual[0]);
        expect(counterAt(replayed, replayed.endMs + 1)).toBe(one.actual[0]);
        expect(replayMs([replayed])).toBe(replayed.endMs);
      }),
    );
  });

  it('shows each reading at its time, and stays between two readings', () => {
    assertProperty(
      fc.property(measured, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const replayed = track(one);
        for (const { ms, value } of one.readings) {
          if (ms > 0 && ms < replayed.endMs) expect(counterAt(replayed, ms)).toBe(value);
        }
        const at = share * replayed.endMs;
        const values = replayed.points.map(({ value }) => value);
        expect(counterAt(replayed, at)).toBeGreaterThanOrEqual(Math.min(...values));
        expect(counterAt(replayed, at)).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('shows the loss at the end, and none on the way where there is none', () => {
    assertProperty(
      fc.property(measured, fc.double({ min: 0, max: 1, noNaN: true }), (one, share) => {
        const replayed = track(one);
        expect(lostAt(replayed, replayed.endMs)).toBe(one.expected - (one.actual[0] ?? 0));
        const whole = track({ ...one, actual: [one.expected] });
        expect(lostAt(whole, share * whole.endMs)).toBe(0);
      }),
    );
  });

  it('expects every increment at the end, and none before the start', () => {
    assertProperty(
      fc.property(measured, (one) => {
        const replayed = track(one);
        expect(madeAt(replayed, -1)).toBe(0);
        expect(madeAt(replayed, replayed.endMs)).toBe(one.expected);
      }),
    );
  });

  it('has no length without variants', () => {
    expect(replayMs([])).toBe(0);
  });
});
