import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RoundRobinQueue } from '../../src/scheduling/round-robin-queue.js';
import { assertProperty } from '../support/property.js';

const item = (owner: string, n = 0) => ({ owner, n });

/** Takes every entry; returns their owners in the order in which they were taken. */
function serveAll(queue: RoundRobinQueue<{ owner: string }>): string {
  let served = '';
  for (let next = first(queue); next; next = first(queue)) {
    queue.serve(next);
    served += next.owner;
  }
  return served;
}

function first<T extends { owner: string }>(queue: RoundRobinQueue<T>): T | undefined {
  return queue.inTurn().next().value ?? undefined;
}

describe('the fair queue', () => {
  it('lets owners take turns', () => {
    const queue = new RoundRobinQueue();
    for (const owner of 'aaaabbc') queue.add(item(owner));
    expect([...queue.inTurn()].map(({ owner }) => owner).join('')).toBe('abcabaa');
    expect(serveAll(queue)).toBe('abcabaa');
  });

  it('serves a new owner before owners that were served already', () => {
    const queue = new RoundRobinQueue<{ owner: string }>();
    for (const owner of 'aaab') queue.add(item(owner));
    queue.serve(first(queue) ?? item(''));
    queue.add(item('c'));
    expect(serveAll(queue)).toBe('baca');
  });

  it('keeps the order of arrival within an owner', () => {
    const queue = new RoundRobinQueue<{ owner: string; n: number }>();
    for (const n of [3, 1, 2]) queue.add(item('a', n));
    expect([...queue.inTurn()].map(({ n }) => n)).toEqual([3, 1, 2]);
  });

  it('keeps the turns of all owners when an item is removed', () => {
    const queue = new RoundRobinQueue<{ owner: string }>();
    const gone = item('a');
    queue.add(gone);
    for (const owner of 'ab') queue.add(item(owner));
    expect(queue.remove(gone)).toBe(true);
    expect(queue.remove(gone)).toBe(false);
    expect(queue.serve(gone)).toBe(false);
    expect(serveAll(queue)).toBe('ab');
    expect([...queue.inTurn()]).toEqual([]);
  });

  it('never serves an owner twice while an earlier owner waits for its first turn', () => {
    assertProperty(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }), (owners) => {
        const queue = new RoundRobinQueue<{ owner: string }>();
        for (const owner of owners) queue.add(item(owner));
        const served = serveAll(queue);
        expect([...served].sort()).toEqual([...owners].sort());
        for (let i = 0; i < served.length; i++) {
          const before = served.slice(0, i);
          for (const later of new Set(served.slice(i))) {
            const had = (owner: string | undefined) => [...before].filter((each) => each === owner).length;
            expect(had(later)).toBeGreaterThanOrEqual(had(served[i]));
          }
        }
      }),
    );
  });
});
