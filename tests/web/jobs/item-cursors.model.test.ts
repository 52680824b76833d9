import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ItemCursors } from '../../../web/jobs/item-cursors.model.js';
import { assertProperty } from '../../support/property.js';

const COUNT = 25;
const SIZE = 4;

/** Pages of cursors that are called by the positions of their items. */
function pagesOf(requests: (string | null)[]): (after: string | null) => Promise<string[]> {
  return async (after) => {
    requests.push(after);
    await new Promise((resolve) => setImmediate(resolve));
    const from = after === null ? 0 : Number(after) + 1;
    return Array.from({ length: Math.min(SIZE, COUNT - from) }, (_, index) => String(from + index));
  };
}

describe('the cursors of items', () => {
  it('are right, and asked for once, for positions that are asked for at the same time', async () => {
    const positions = fc.array(fc.nat(COUNT - 1), { minLength: 1, maxLength: 8 });
    await assertProperty(
      fc.asyncProperty(positions, async (asked) => {
        const requests: (string | null)[] = [];
        const cursors = new ItemCursors(pagesOf(requests));
        const found = await Promise.all(asked.map((position) => cursors.before(position)));
        expect(found).toEqual(asked.map((position) => (position === 0 ? null : String(position - 1))));
        expect(new Set(requests).size).toBe(requests.length);
      }),
    );
  });

  it('can be asked for again after a request has failed', async () => {
    let isDown = true;
    const load = pagesOf([]);
    const cursors = new ItemCursors((after) => (isDown ? Promise.reject(new Error('down')) : load(after)));
    await expect(cursors.before(1)).rejects.toThrow('down');
    isDown = false;
    expect(await cursors.before(1)).toBe('0');
  });
});
