import { expect, it } from '@jest/globals';
import { inTurn } from '../../src/cli/run/in-turn.js';
import { AppError } from '../../src/errors.js';

const busy = new AppError('SERVER_BUSY', 'The queue is full', { retryAfterMs: 1 });

/** A server that fails with each of these errors once and then answers. */
function server(...errors: AppError[]) {
  return async () => {
    const error = errors.shift();
    if (error) throw error;
    return 'answer';
  };
}

it('repeats a request while the server is busy', async () => {
  await expect(inTurn(server(busy, busy))).resolves.toBe('answer');
});

it('ends with the error of a server that names no time, or is busy beyond the limit', async () => {
  const unreachable = new AppError('SERVER_BUSY', 'ECONNREFUSED');
  await expect(inTurn(server(busy, unreachable))).rejects.toBe(unreachable);
  await expect(inTurn(server(busy), -1)).rejects.toBe(busy);
});
