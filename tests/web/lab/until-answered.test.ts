import { describe, expect, it } from '@jest/globals';
import { AppError, type ErrorCode } from '../../../src/errors.js';
import { untilAnswered } from '../../../web/lab/run/until-answered.js';

/** A query that fails with each of the codes before it answers, and counts how often it was sent. */
function failing(codes: readonly ErrorCode[]) {
  const left = [...codes];
  const query = async () => {
    query.sent++;
    const code = left.shift();
    if (code) throw new AppError(code, 'refused');
    return 'answer';
  };
  query.sent = 0;
  return query;
}

describe('a query about a run', () => {
  it('is sent again while no server answers', async () => {
    const query = failing(['SERVER_BUSY', 'SERVER_BUSY']);
    expect(await untilAnswered(query, 0)).toBe('answer');
    expect(query.sent).toBe(3);
  });

  it('is not sent again after a refusal', async () => {
    const query = failing(['SERVER_BUSY', 'NOT_FOUND']);
    await expect(untilAnswered(query, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(query.sent).toBe(2);
  });

  it('is given up in the end', async () => {
    const query = failing(Array(1_000).fill('SERVER_BUSY'));
    await expect(untilAnswered(query, 0)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    expect(query.sent).toBeLessThan(100);
  });
});
