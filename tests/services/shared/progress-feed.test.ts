import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryProgress } from '../../../src/progress/memory.progress.js';
import { ProgressFeed, ProgressFeeds } from '../../../src/services/shared/progress-feed.js';
import { assertProperty } from '../../support/property.js';

/** A follower that needs every change: what it was sent must add up to the row. */
interface Follower {
  seq: number;
  sum: number;
}

describe('the feed of a row', () => {
  it('sends each change once to every follower, in any order of changes, notices and reads', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('change' as const) }),
      fc.record({ kind: fc.constant('follow' as const), from: fc.nat(20) }),
      fc.record({ kind: fc.constant('notice' as const), follower: fc.nat(20), known: fc.boolean() }),
      fc.record({ kind: fc.constant('turn' as const) }),
    );
    await assertProperty(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const row = { seq: 0 };
        const feed = new ProgressFeed(async () => {
          const { seq } = row;
          await nextTurn();
          return { seq };
        });
        const followers: Follower[] = [{ seq: 0, sum: 0 }];
        const working: Promise<void>[] = [];
        const read = async (follower: Follower, atLeast: number | undefined) => {
          const state = await feed.stateAt(atLeast);
          if (state === null || state.seq <= follower.seq) return;
          if (atLeast !== undefined) expect(state.seq).toBeGreaterThanOrEqual(atLeast);
          const after = follower.seq;
          const made = await feed.share(state, `after ${after}`, async () => ({ count: state.seq - after }));
          follower.seq = state.seq;
          follower.sum += made.count;
        };
        const queues = new Map<Follower, Promise<void>>();
        for (const each of steps) {
          if (each.kind === 'change') row.seq++;
          if (each.kind === 'turn') await nextTurn();
          if (each.kind === 'follow') followers.push({ seq: 0, sum: 0 });
          if (each.kind === 'notice') {
            const follower = followers[each.follower % followers.length] as Follower;
            const { seq } = row;
            // A follower handles one notice after the other.
            const next = (queues.get(follower) ?? Promise.resolve()).then(() =>
              read(follower, each.known ? seq : undefined),
            );
            queues.set(follower, next);
            working.push(next);
          }
        }
        await Promise.all(working);
        for (const follower of followers) {
          await read(follower, row.seq);
          expect([follower.seq, follower.sum]).toEqual([row.seq, row.seq]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('reads once for a thousand followers of one change, and computes their event once', async () => {
    let reads = 0;
    let made = 0;
    const feed = new ProgressFeed(async () => ({ seq: ++reads }));
    const follow = async () => {
      const state = await feed.stateAt(1);
      return feed.share(state as { seq: number }, 'all', async () => ({ number: ++made }));
    };
    const events = await Promise.all(Array.from({ length: 1_000 }, follow));
    expect([reads, made, new Set(events).size]).toEqual([1, 1, 1]);
    await Promise.all(Array.from({ length: 1_000 }, () => feed.stateAt(2)));
    expect(reads).toBe(2);
  });

  it('computes again after a failure', async () => {
    const feed = new ProgressFeed(async () => ({ seq: 1 }));
    const state = (await feed.stateAt(undefined)) as { seq: number };
    await expect(feed.share(state, 'a', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await feed.share(state, 'a', async () => 'made')).toBe('made');
  });

  it('exists while it has followers', async () => {
    const progress = new MemoryProgress();
    const feeds = new ProgressFeeds(
      (id) => progress.subscribe('job', id),
      async () => ({ seq: 1 }),
    );
    const first = feeds.follow('a');
    const second = feeds.follow('a');
    expect(second.feed).toBe(first.feed);
    await first.notices.return?.();
    await first.notices.return?.();
    expect(feeds.size).toBe(1);
    await second.notices.return?.();
    expect(feeds.size).toBe(0);
    const third = feeds.follow('a');
    expect(third.feed).not.toBe(first.feed);
    await progress.close();
    for await (const _notice of third.notices);
    expect(feeds.size).toBe(0);
  });
});
