import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Claim, Queue, QueueEntry, QueueGauge } from '../../src/queue/queue.js';
import { eventually } from '../support/eventually.js';

export interface QueueUnderTest {
  queue: Queue & QueueGauge;
  /** The queue of another process, or the same one if there is only one process. */
  other: Queue;
  fork(): SqlEntityManager;
  close(): Promise<void>;
}

/** Contract of every queue. */
export function describeQueue(name: string, open: () => Promise<QueueUnderTest>): void {
  describe(`${name} as a Queue`, () => {
    let test: QueueUnderTest;
    let queue: Queue & QueueGauge;

    beforeAll(async () => {
      test = await open();
      queue = test.queue;
    });
    afterAll(() => test.close());

    const entriesOf = (count: number, ownerId: string = randomUUID()): QueueEntry[] => {
      const jobId = randomUUID();
      return Array.from({ length: count }, (_, turn) => ({
        jobId,
        ownerId,
        round: 0,
        turn,
        positions: [turn],
      }));
    };
    const enqueue = (entries: QueueEntry[]) =>
      test.fork().transactional((em) => queue.enqueue(em as SqlEntityManager, entries));
    const pending = (jobId: string | undefined) => queue.pending(test.fork(), jobId ?? '');

    /** Everything that can be claimed now. */
    async function claimAll(from = queue): Promise<Claim[]> {
      const claims: Claim[] = [];
      for (let claim = await from.claim(); claim; claim = await from.claim()) claims.push(claim);
      return claims;
    }
    const complete = (claims: Claim[]) => Promise.all(claims.map((claim) => queue.complete(claim)));

    it('returns each entry once', async () => {
      const entries = entriesOf(3);
      await enqueue(entries);
      const claims = await claimAll();
      expect(claims.map(({ entry }) => entry)).toEqual(entries);
      expect(claims.every(({ givenUp }) => !givenUp)).toBe(true);
      expect(await test.other.claim()).toBeUndefined();
      await complete(claims);
      expect(await queue.claim()).toBeUndefined();
    });

    it('keeps entries with the transaction that puts them in', async () => {
      const [entry] = entriesOf(1) as [QueueEntry];
      const failed = test.fork().transactional(async (em) => {
        await queue.enqueue(em as SqlEntityManager, [entry]);
        expect(await queue.pending(em as SqlEntityManager, entry.jobId)).toEqual([entry]);
        throw new Error('rolled back');
      });
      await expect(failed).rejects.toThrow('rolled back');
      expect(await pending(entry.jobId)).toEqual([]);
      expect(await queue.claim()).toBeUndefined();
    });

    it('accepts an empty list of entries', async () => {
      await enqueue([]);
      expect(await queue.claim()).toBeUndefined();
    });

    it('serves jobs in turn, and entries of one turn in the order of arrival', async () => {
      const [a, b] = [entriesOf(3), entriesOf(2)];
      await enqueue(a);
      await enqueue(b);
      const claims = await claimAll();
      expect(claims.map(({ entry }) => entry)).toEqual([a[0], b[0], a[1], b[1], a[2]]);
      await complete(claims);
    });

    it('passes over owners', async () => {
      const [a, b] = [entriesOf(1), entriesOf(1)] as [[QueueEntry], [QueueEntry]];
      await enqueue([...a, ...b]);
      const claim = await queue.claim([a[0].ownerId]);
      expect(claim?.entry).toEqual(b[0]);
      expect(await queue.claim([a[0].ownerId])).toBeUndefined();
      await complete([...(await claimAll()), claim as Claim]);
    });

    it('gives each entry to one of many concurrent claims', async () => {
      const entries = entriesOf(20);
      await enqueue(entries);
      const asked = await Promise.all(
        Array.from({ length: 30 }, (_, i) => (i % 2 ? queue : test.other).claim()),
      );
      const claims = asked.filter((claim) => claim !== undefined);
      expect(new Set(claims.map(({ id }) => id)).size).toBe(20);
      for (const [i, claim] of asked.entries()) if (claim) await (i % 2 ? queue : test.other).complete(claim);
    });

    it('returns the waiting and held entries of a job', async () => {
      const entries = entriesOf(2);
      await enqueue(entries);
      await enqueue(entriesOf(1));
      const jobId = entries[0]?.jobId;
      const byTurn = async () => [...(await pending(jobId))].sort((a, b) => a.turn - b.turn);
      expect(await byTurn()).toEqual(entries);
      const claims = await claimAll();
      expect(await byTurn()).toEqual(entries);
      await complete(claims.filter(({ entry }) => entry.turn === 1));
      expect(await byTurn()).toEqual([entries[0]]);
      await complete(claims);
      expect(await byTurn()).toEqual([]);
    });

    it('returns the number of waiting and held entries, and the age of the oldest', async () => {
      expect(await queue.depth()).toEqual({ waiting: 0, held: 0, oldestSeconds: 0 });
      await enqueue(entriesOf(3));
      const [claim] = [await queue.claim()] as [Claim];
      expect(await queue.depth()).toMatchObject({ waiting: 2, held: 1 });
      await eventually(async () => (await queue.depth()).oldestSeconds > 0);
      const claims = [claim, ...(await claimAll())];
      expect(await queue.depth()).toEqual({ waiting: 0, held: 3, oldestSeconds: 0 });
      await complete(claims);
      expect((await queue.depth()).held).toBe(0);
    });

    it('returns released entries again, in turn, any number of times', async () => {
      const entries = entriesOf(2);
      await enqueue(entries);
      for (let times = 0; times < 12; times++) {
        const claim = (await queue.claim()) as Claim;
        expect([claim.entry.turn, claim.givenUp]).toEqual([0, false]);
        await queue.release(claim);
      }
      await complete(await claimAll());
    });

    it('gives up an entry after three failures, regardless of releases in between', async () => {
      const entries = entriesOf(2);
      await enqueue(entries);
      for (let failures = 0; failures < 3; failures++) {
        for (const giveBack of ['release', 'fail'] as const) {
          const claim = (await queue.claim()) as Claim;
          expect([claim.entry, claim.givenUp]).toEqual([entries[0], false]);
          await queue[giveBack](claim);
          // Completing it again changes nothing.
          await queue[giveBack](claim);
        }
      }
      expect(await pending(entries[0]?.jobId)).toHaveLength(2);
      const claims = await claimAll();
      expect(claims.map(({ entry, givenUp }) => [entry.turn, givenUp])).toEqual([
        [0, true],
        [1, false],
      ]);
      const [given, other] = claims as [Claim, Claim];
      await queue.release(given);
      const [again] = (await claimAll()) as [Claim];
      expect(again).toMatchObject({ entry: entries[0], givenUp: true });
      await complete([again, other]);
    });

    it('does not mind that a claim is completed or given back twice', async () => {
      await enqueue(entriesOf(1));
      const claims = await claimAll();
      await complete([...claims, ...claims]);
      for (const claim of claims) await Promise.all([queue.release(claim), queue.fail(claim)]);
      expect(await queue.claim()).toBeUndefined();
    });

    it('keeps an entry whose holder sends heartbeats', async () => {
      await enqueue(entriesOf(2));
      const claims = await claimAll();
      expect(await queue.heartbeat(claims)).toEqual([]);
      expect(await queue.heartbeat([])).toEqual([]);
      await complete(claims);
    });

    it('calls listeners when there is work, until they unsubscribe', async () => {
      let calls = 0;
      const called = Promise.withResolvers<void>();
      const forget = test.other.onWork(() => {
        calls++;
        called.resolve();
      });
      await enqueue(entriesOf(1));
      queue.wake();
      await called.promise;
      forget();
      const before = calls;
      test.other.wake();
      expect(calls).toBe(before);
      await complete(await claimAll());
    });

    it.each(['release', 'fail'] as const)(
      'calls who waits for work when something is given back: %s',
      async (giveBack) => {
        await enqueue(entriesOf(1));
        const [claim] = (await claimAll()) as [Claim];
        const called = Promise.withResolvers<void>();
        const forget = test.other.onWork(called.resolve);
        await queue[giveBack](claim);
        await called.promise;
        forget();
        await complete(await claimAll());
      },
    );
  });
}
