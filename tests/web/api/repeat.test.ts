import { describe, expect, it } from '@jest/globals';
import { noAnswer } from '../../../src/client/graphql-request.js';
import { AppError, ERROR_CODES } from '../../../src/errors.js';
import { ERROR_FACTS } from '../../../web/api/error-facts.js';
import { repeated } from '../../../web/api/repeat.js';

const busy = (details = {}) => new AppError('SERVER_BUSY', 'busy', details);
const unanswered = () => noAnswer('http://localhost', 'ECONNRESET');

/** Sends a request that fails with each of the errors before it answers. */
async function sent(errors: readonly Error[], { isHarmless = true, attempts = 4 } = {}) {
  const left = [...errors];
  const pauses: number[] = [];
  let told = 0;
  let requests = 0;
  const outcome = await repeated(
    async () => {
      requests++;
      const error = left.shift();
      if (error) throw error;
      return 'answer';
    },
    {
      isHarmless,
      attempts,
      onPause: () => told++,
      sleep: async (ms) => void pauses.push(ms),
    },
  ).catch((error: unknown) => error);
  expect(told).toBe(pauses.length);
  return { outcome, requests, pauses };
}

describe('a request to a busy server', () => {
  it('is sent again after pauses that grow', async () => {
    const { outcome, pauses } = await sent([busy(), unanswered(), busy()]);
    expect(outcome).toBe('answer');
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
  });

  it('waits as long as the server asks for, from 1 to 10 s', async () => {
    const errors = [5_000, 20, 600_000].map((retryAfterMs) => busy({ retryAfterMs }));
    expect((await sent(errors)).pauses).toEqual([5_000, 1_000, 10_000]);
  });

  it('is given up after the last attempt', async () => {
    const { outcome, requests } = await sent(Array(9).fill(busy()), { attempts: 3 });
    expect(outcome).toMatchObject({ code: 'SERVER_BUSY' });
    expect(requests).toBe(3);
  });

  it('that changes something is sent again after a refusal, and not where the answer is lost', async () => {
    expect((await sent([busy()], { isHarmless: false })).outcome).toBe('answer');
    const lost = await sent([busy(), unanswered()], { isHarmless: false });
    expect(lost.outcome).toMatchObject({ code: 'SERVER_BUSY', details: { unanswered: true } });
    expect(lost.requests).toBe(2);
  });

  it.each(ERROR_CODES)('that is refused with %s is sent again only if that can succeed', async (code) => {
    const { requests } = await sent([new AppError(code, 'refused')]);
    expect(requests).toBe(ERROR_FACTS[code].retryable ? 2 : 1);
  });

  it('is not sent again after an error of the page', async () => {
    expect((await sent([new TypeError('a bug')])).requests).toBe(1);
  });
});

describe('the errors that a retry can help', () => {
  it('are those of a server that is busy', () => {
    const retryable = ERROR_CODES.filter((code) => ERROR_FACTS[code].retryable);
    expect(retryable).toEqual(['SERVER_BUSY', 'RATE_LIMITED']);
  });
});
