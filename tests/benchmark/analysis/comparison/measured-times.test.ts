import { describe, expect, it } from '@jest/globals';
import {
  commonRepetitions,
  type MeasuredTimes,
  separateTimes,
  startedTogether,
} from '../../../../src/benchmark/analysis/comparison/measured-times.js';
import { CELL, samplesOf } from '../../samples.js';

/** Measured between two seconds. */
const between = (begin: number, end: number): MeasuredTimes => ({
  startedAt: new Date(1_000 * begin).toISOString(),
  finishedAt: new Date(1_000 * end).toISOString(),
});

describe('the times of two benchmarks', () => {
  it.each<[string, MeasuredTimes, MeasuredTimes, boolean | null]>([
    ['have one start where both were measured in turn', between(0, 100), between(5, 104), true],
    ['have one start where one ends long before the other', between(0, 100), between(0, 30), true],
    ['have one start where both are short and wait for each other', between(0, 4), between(2, 5), true],
    ['have two starts where short ones follow each other', between(0, 2), between(2, 4), false],
    ['have two starts one after the other', between(0, 100), between(101, 200), false],
    ['have two starts where they overlap for a moment', between(0, 100), between(60, 160), false],
    ['have two starts where one is in the middle of the other', between(0, 100), between(30, 40), false],
    ['are not known before the end', between(0, 100), { ...between(0, 1), finishedAt: null }, null],
  ])('%s', (_name, before, after, together) => {
    expect(startedTogether(before, after)).toBe(together);
    expect(separateTimes(before, after)).toHaveLength(together === false ? 1 : 0);
  });
});

it('the common repetitions of two cells are those that both have', () => {
  const [before, after] = [samplesOf(CELL, [1, 2, 3, 4]), samplesOf(CELL, [5, 6, 7])];
  const [first, second] = commonRepetitions(before, after.slice(1));
  expect(first.map(({ wallMs }) => wallMs)).toEqual([2, 3]);
  expect(second.map(({ wallMs }) => wallMs)).toEqual([6, 7]);
});
