import { expect, it } from '@jest/globals';
import { withTimeout } from '../../../src/execution/host/with-timeout.js';

it('gives what settles in time, and gives up what does not', async () => {
  await expect(withTimeout(Promise.resolve(7), 1_000, 'Seven')).resolves.toBe(7);
  await expect(withTimeout(Promise.reject(new Error('no')), 1_000, 'No')).rejects.toThrow('no');
  await expect(withTimeout(new Promise(() => undefined), 10, 'Reading')).rejects.toMatchObject({
    code: 'PROCESSING_FAILED',
    message: 'Reading took longer than 10 ms',
    details: { reason: 'TIMEOUT', retryable: true },
  });
});
