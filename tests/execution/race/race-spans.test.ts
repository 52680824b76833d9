import { describe, expect, it } from '@jest/globals';
import { largestMultiplier, multiplier } from '../../../src/execution/race/race-calibration.js';
import { overlapPercent, wallMs } from '../../../src/execution/race/race-spans.js';
import { summarizeRace } from '../../../src/execution/race/summarize-race.js';
import { type RaceVariant, raceVerdict } from '../../../src/execution/race.js';

const span = (startMs: number, endMs: number) => ({ startMs, endMs });
const run = (actual: number, overlap: number) => ({
  actual,
  wallMs: 1,
  overlapPercent: overlap,
  readings: [],
});

describe('overlapPercent', () => {
  it.each([
    ['spans one after another', [span(0, 1), span(1, 2)], 0],
    ['equal spans', [span(5, 9), span(5, 9)], 100],
    ['half of the time', [span(0, 3), span(1, 4)], 50],
    ['a span within another', [span(0, 10), span(2, 4)], 20],
    ['three spans of which two overlap at a time', [span(0, 2), span(1, 3), span(2, 4)], 50],
    ['one span', [span(0, 4)], 0],
  ])('measures %s', (_name, spans, expected) => {
    expect(overlapPercent(spans)).toBeCloseTo(expected);
  });

  it('measures the wall time from the first start to the last end', () => {
    expect(wallMs([span(2, 5), span(1, 3)])).toBe(4);
  });
});

describe('the factor of the increments', () => {
  const input = { workers: 4, incrementsPerWorker: 1_000, repetitions: 5, minimumMs: 100 };
  /** A machine on which a repetition takes 1 ms more than its increments. */
  const timing = (msPerIncrement: number, startMs = 1) => {
    return async (_variant: RaceVariant, increments: number) => startMs + increments * msPerIncrement;
  };

  it.each([
    ['a repetition whose start takes as long as its increments', timing(0.001, 1)],
    ['a repetition too short for the clock', timing(0.000_000_5, 0)],
    ['a repetition without an overhead', timing(0.01, 0)],
  ])('makes a race last minimumMs, and not twice as long: %s', async (_name, time) => {
    const factor = await multiplier(time, input);
    const raceMs = await time('UNSYNCHRONIZED', 1_000 * factor);
    expect(raceMs).toBeGreaterThanOrEqual(100);
    expect(raceMs).toBeLessThan(200);
  });

  it('ignores repetitions that other programs made longer', async () => {
    let call = 0;
    const disturbed = async (variant: RaceVariant, increments: number) =>
      (await timing(0.001, 0)(variant, increments)) + (call++ % 3 === 0 ? 500 : 0);
    const factor = await multiplier(disturbed, input);
    expect(factor).toBeGreaterThanOrEqual(100);
  });

  it('is 1 where a repetition lasts long enough', async () => {
    expect(await multiplier(timing(1), input)).toBe(1);
  });

  it.each([
    ['keeps the experiment within 40 seconds', 1_000, 400_000, 40],
    ['keeps the counter below 2^31', 100, 10_000_000, 214],
    ['never shortens the request', 60_000, 400_000, 1],
  ])('%s', (_name, experimentMs, increments, factor) => {
    expect(largestMultiplier(experimentMs, increments)).toBe(factor);
  });
});

describe('the summary of a variant', () => {
  it('has the median and the maximum of the lost share', () => {
    const runs = [run(100, 80), run(50, 90), run(90, 70)];
    expect(summarizeRace('UNSYNCHRONIZED', 100, runs)).toMatchObject({
      actual: [100, 50, 90],
      lostPercent: expect.closeTo(10),
      lostPercentMax: 50,
      overlapPercent: 80,
      nanosecondsPerIncrement: 1e4,
    });
  });

  it('keeps at most 200 readings', () => {
    const readings = Array.from({ length: 1_001 }, (_, ms) => ({ ms, value: ms }));
    const { readings: kept } = summarizeRace('ATOMIC', 1, [{ ...run(1, 100), readings }]);
    expect(kept.length).toBeGreaterThan(150);
    expect(kept.length).toBeLessThanOrEqual(200);
  });

  it.each([
    [[run(60, 92)], 'lost 40.0 % (median), at most 40.0 %; overlapped 92 %'],
    [[run(100, 92)], 'lost nothing; overlapped 92 %'],
    [[run(100, 0)], 'no overlap, proves nothing'],
    [[run(100, 49)], 'too little overlap, proves nothing; overlapped 49 %'],
    [[run(98, 3)], 'lost 2.0 % (median), at most 2.0 %; overlapped 3 %'],
  ])('says in words what it shows: case %#', (runs, words) => {
    expect(raceVerdict(summarizeRace('UNSYNCHRONIZED', 100, runs))).toBe(words);
  });
});
