import { beforeEach, describe, expect, it } from '@jest/globals';
import { cached } from '../../src/scheduling/cached.js';
import { eventually } from '../support/eventually.js';

describe('a cached answer', () => {
  let asked: PromiseWithResolvers<number>[];
  const ask = () => {
    asked.push(Promise.withResolvers());
    return (asked.at(-1) as PromiseWithResolvers<number>).promise;
  };
  beforeEach(() => {
    asked = [];
  });

  it('is requested once for all concurrent callers, and then cached for a while', async () => {
    const answer = cached(ask, 60_000);
    const all = [answer(), answer(), answer()];
    asked[0]?.resolve(7);
    expect(await Promise.all(all)).toEqual([7, 7, 7]);
    expect(await answer()).toBe(7);
    expect(asked).toHaveLength(1);
  });

  it('may be an error, which is cached and expires too', async () => {
    const answer = cached(ask, 1);
    const first = answer();
    asked[0]?.reject(new Error('not now'));
    await expect(first).rejects.toThrow('not now');
    await eventually(() => {
      answer().catch(() => undefined);
      return asked.length >= 2;
    });
    asked[1]?.resolve(8);
    expect(await answer()).toBe(8);
  });
});
