import { describe, expect, it } from '@jest/globals';
import {
  costText,
  LONGEST_S,
  MOST_SAMPLES,
  shortenedText,
  withinBudget,
} from '../../../../web/lab/lessons/budget.model.js';
import { LESSON_NAMES, type Machine } from '../../../../web/lab/lessons/lesson.model.js';
import { LESSONS } from '../../../../web/lab/lessons/lessons.model.js';

const MACHINE: Machine = { processors: 2, maxWorkers: 16 };

describe('the time of a lesson', () => {
  it.each(LESSON_NAMES)('limits the run of lesson %s', (name) => {
    const { experiment } = LESSONS[name];
    if (experiment.kind !== 'BENCHMARK') return;
    const input = experiment.input(MACHINE);
    const { maxSeconds, repetitions } = withinBudget(input);
    expect(withinBudget(input)).toEqual({ ...input, maxSeconds, repetitions });
    expect(maxSeconds).toBeLessThan(LONGEST_S);
    // Of 5 or 6 samples, one that took much longer is an end of the 95 % interval.
    expect(repetitions).toBeGreaterThanOrEqual(7);
  });

  it.each([
    [null, 'At most 36 samples in at most 30 seconds.'],
    [0.2, 'At most 36 samples in at most 30 seconds, probably in 1.'],
    [12.4, 'At most 36 samples in at most 30 seconds, probably in 12.'],
    [28, 'At most 36 samples in at most 30 seconds.'],
  ])('is told before the run, with an estimate of %s s', (estimatedSeconds, text) => {
    expect(costText({ totalCells: 4, totalSamples: 36, estimatedSeconds, warnings: [] })).toBe(text);
  });

  it('is told after a run that took fewer samples', () => {
    expect(shortenedText(MOST_SAMPLES)).toBe('');
    expect(shortenedText(0)).toBe('');
    expect(shortenedText(5)).toMatch(/time for 5 of 9 samples/);
  });
});
