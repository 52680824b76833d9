import { describe, expect, it } from '@jest/globals';
import { chooseMultiplier } from '../../../src/execution/race/race-calibration.js';
import { overlapPercent, wallMs } from '../../../src/execution/race/race-spans.js';
import { summarizeRace } from '../../../src/execution/race/summarize-race.js';
import { raceVerdict } from '../../../src/execution/race.js';

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

describe('chooseMultiplier', () => {
  const base = { minimumMs: 100, raceMs: 1, experimentMs: 100, increments: 400_000 };

  it.each([
    ['reaches minimumMs', base, 100],
    ['stays at 1 when a repetition is long enough', { ...base, raceMs: 500 }, 1],
    ['keeps the experiment within 20 seconds', { ...base, experimentMs: 1_000 }, 20],
    ['keeps the counter below 2^31', { ...base, increments: 10_000_000, raceMs: 0.1 }, 200],
    ['never shortens the request', { ...base, experimentMs: 60_000 }, 1],
  ])('%s', (_name, measured, factor) => {
    expect(chooseMultiplier(measured)).toBe(factor);
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
    [[run(60, 92)], 'lost 40.0 % (median), at most 40.0 %; the threads overlapped for 92 % of the time'],
    [[run(100, 92)], 'lost nothing; the threads overlapped for 92 % of the time'],
    [[run(100, 3)], 'no overlap, proves nothing: the threads overlapped for 3 % of the time'],
  ])('says in words what it shows: case %#', (runs, words) => {
    expect(raceVerdict(summarizeRace('UNSYNCHRONIZED', 100, runs))).toBe(words);
  });
});
