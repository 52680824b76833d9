import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RACE_VARIANTS } from '../../../../src/execution/race.js';
import { judgeGuess, lossOf, percentText, type RaceFigures } from '../../../../web/lab/race/race.model.js';
import {
  NO_EXPERIMENT,
  readRaceAddress,
  startedAfter,
  writeRaceAddress,
} from '../../../../web/lab/race/race-address.model.js';
import { guessWords, headline, raceTable } from '../../../../web/lab/race/race-words.model.js';
import { assertProperty } from '../../../support/property.js';

const EXPECTED = 1_000;

const result: fc.Arbitrary<Omit<RaceFigures, 'variant'>> = fc
  .record({
    actual: fc.array(fc.integer({ min: 0, max: EXPECTED }), { minLength: 1, maxLength: 5 }),
    overlapPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    nanosecondsPerIncrement: fc.double({ min: 0.1, max: 500, noNaN: true }),
  })
  .map((fields) => {
    const lost = fields.actual.map((value) => 100 * (1 - value / EXPECTED)).sort((a, b) => a - b);
    const median = lost[(lost.length - 1) >> 1] ?? 0;
    return { ...fields, expected: EXPECTED, lostPercent: median, lostPercentMax: lost.at(-1) ?? 0 };
  });
const results = fc.tuple(
  ...RACE_VARIANTS.map((variant) => result.map((fields): RaceFigures => ({ variant, ...fields }))),
);
const guess = fc.record({
  lostPercent: fc.integer({ min: 0, max: 100 }),
  safe: fc.subarray([...RACE_VARIANTS]),
});

describe('the guess about a race', () => {
  it('is right about a share that a repetition lost, and never where the threads did not overlap', () => {
    assertProperty(
      fc.property(results, guess, (race, guessed) => {
        const verdict = judgeGuess(guessed, race);
        const plain = race[0];
        expect(verdict).toBeDefined();
        if (!verdict || !plain) return;
        expect(verdict.lowest).toBeLessThanOrEqual(verdict.median);
        expect(verdict.median).toBeLessThanOrEqual(verdict.highest);
        if (lossOf(plain) === 'UNPROVEN') expect(verdict.share).toBe('UNPROVEN');
        else if (guessed.lostPercent >= verdict.lowest && guessed.lostPercent <= verdict.highest) {
          expect(verdict.share).toBe('WITHIN');
        }
        expect(verdict.agreed).toBeLessThanOrEqual(verdict.decided);
        expect(verdict.decided).toBeLessThanOrEqual(RACE_VARIANTS.length);
      }),
    );
  });

  it('counts a variant that lost an increment as lossy, also if the threads hardly overlapped', () => {
    const lossy = { lostPercentMax: 0.01, overlapPercent: 3 } as RaceFigures;
    expect(lossOf(lossy)).toBe('LOST');
    expect(lossOf({ ...lossy, lostPercentMax: 0 })).toBe('UNPROVEN');
    expect(lossOf({ ...lossy, lostPercentMax: 0, overlapPercent: 80 })).toBe('LOST_NOTHING');
  });

  it('is compared in words for every outcome', () => {
    assertProperty(
      fc.property(results, guess, (race, guessed) => {
        const verdict = judgeGuess(guessed, race);
        const words = verdict ? guessWords(guessed, verdict) : [];
        expect([headline(race), ...words].join(' ')).not.toMatch(/undefined|NaN/);
        const table = raceTable(race, guessed);
        expect(table.rows.every((row) => row.length === table.head.length)).toBe(true);
      }),
    );
  });

  it('never rounds a loss to nothing', () => {
    assertProperty(
      fc.property(fc.double({ min: 1e-9, max: 100, noNaN: true }), (percent) => {
        expect(percentText(percent)).not.toMatch(/^0(?:\.0)? %$/);
      }),
    );
    expect(percentText(0)).toBe('0 %');
  });
});

describe('the address of the race page', () => {
  it('keeps guess, experiment and start over a reload', () => {
    assertProperty(
      fc.property(guess, fc.uuid(), fc.boolean(), (guessed, id, isRunning) => {
        const address = {
          guess: guessed,
          id: isRunning ? undefined : id,
          after: isRunning ? id : undefined,
        };
        const query = Object.fromEntries(new URLSearchParams(writeRaceAddress(address)));
        expect(readRaceAddress(query)).toEqual(address);
      }),
    );
  });

  it('has no guess where the address holds none, or a malformed one', () => {
    for (const lost of ['', '-1', '101', '1e3', 'x', '5.5']) {
      expect(readRaceAddress({ lost, safe: 'ATOMIC' }).guess).toBeUndefined();
    }
    expect(writeRaceAddress(readRaceAddress({}))).toBe('');
    expect(readRaceAddress({ lost: '5', safe: 'NONE.ATOMIC.__proto__' }).guess?.safe).toEqual(['ATOMIC']);
  });

  it('finds the experiment that was started after the newest known one', () => {
    expect(startedAfter(['c', 'b', 'a'], 'b')).toBe('c');
    expect(startedAfter(['c', 'b', 'a'], 'a')).toBe('b');
    expect(startedAfter(['b', 'a'], 'b')).toBeUndefined();
    expect(startedAfter(['b', 'a'], NO_EXPERIMENT)).toBe('a');
    expect(startedAfter([], NO_EXPERIMENT)).toBeUndefined();
    expect(startedAfter(['b', 'a'], 'unknown')).toBeUndefined();
  });
});
