import { expect, it } from '@jest/globals';
import { withTimeout } from '../../../src/execution/host/with-timeout.js';

const late = () => new Error('too late');

it('gives what settles in time, and gives up what does not', async () => {
  await expect(withTimeout(Promise.resolve(7), 1_000, late)).resolves.toBe(7);
  await expect(withTimeout(Promise.reject(new Error('no')), 1_000, late)).rejects.toThrow('no');
  await expect(withTimeout(new Promise(() => undefined), 10, late)).rejects.toThrow('too late');
});
