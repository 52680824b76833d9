import { expect, it } from '@jest/globals';
import { acquireTurn } from '../../../../src/services/benchmarks/turns/machine-turn.js';

it('refuses with SERVER_BUSY where something else measures for longer than it may wait', async () => {
  const turns = {
    tryAcquire: async () => null,
    isAwaited: async () => false,
    withdraw: async () => undefined,
  };
  await expect(acquireTurn(turns, 'a race experiment', 1)).rejects.toMatchObject({
    code: 'SERVER_BUSY',
    details: { retryAfterMs: expect.any(Number) },
  });
});
