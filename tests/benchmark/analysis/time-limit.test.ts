import { expect, it } from '@jest/globals';
import { timeLimitText } from '../../../src/benchmark/analysis/time-limit.js';

const RUN = { maxSeconds: 28, repetitions: 2, untilPercent: null };

it('says how many samples a completed run took within its time limit', () => {
  expect(timeLimitText(RUN, 'COMPLETED')).toBe(
    'Within the time limit of 28 s, 2 samples of each cell were measured.',
  );
  expect(timeLimitText({ ...RUN, repetitions: 1 }, 'COMPLETED')).toContain('1 sample of each cell was');
  expect(timeLimitText({ ...RUN, untilPercent: 3 }, 'COMPLETED')).toContain('at least 2 samples');
});

it('is empty without a limit, and while the run is measured', () => {
  expect(timeLimitText({ ...RUN, maxSeconds: null }, 'COMPLETED')).toBe('');
  expect(timeLimitText(RUN, 'RUNNING')).toBe('');
});
