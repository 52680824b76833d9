import { expect, it } from '@jest/globals';
import { waitsForTurn } from '../../src/benchmark/benchmark-status.js';

it('a benchmark waits for its turn between two samples alone', () => {
  const waiting = { status: 'RUNNING', measuring: null, secondsLeft: 9 } as const;
  expect(waitsForTurn(waiting)).toBe(true);
  expect(waitsForTurn({ ...waiting, measuring: { model: 'SYNC' } })).toBe(false);
  // Before the first sample and after the last one.
  expect(waitsForTurn({ ...waiting, secondsLeft: null })).toBe(false);
  expect(waitsForTurn({ ...waiting, status: 'QUEUED' })).toBe(false);
});
