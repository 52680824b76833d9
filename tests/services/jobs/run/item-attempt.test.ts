import { afterEach, expect, it, jest } from '@jest/globals';
import { AppError } from '../../../../src/errors.js';
import { BusyRetryBudget } from '../../../../src/services/jobs/run/item-attempt.js';

afterEach(() => {
  jest.restoreAllMocks();
});

it('retries a busy server for 30 s, and again after each answer', () => {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const patience = new BusyRetryBudget();
  const busy = (retryAfterMs: number) =>
    patience.pauseAfter(new AppError('SERVER_BUSY', 'Full', { retryAfterMs }));
  expect(busy(60_000)).toBe(5_000);
  now = 30_000;
  expect(busy(100)).toBe(100);
  now = 30_001;
  expect(busy(100)).toBeUndefined();
  expect(patience.pauseAfter(new AppError('PROCESSING_FAILED', 'No'))).toBeUndefined();
  expect(busy(100)).toBe(100);
});
