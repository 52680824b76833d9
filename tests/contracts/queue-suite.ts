import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Claim, Queue, QueueEntry } from '../../src/queue/queue.js';
import type { Databases } from '../support/database.js';

export interface QueueUnderTest {
  queue: Queue;
  fork(): SqlEntityManager;
  /** Another holder's queue over the same rows, once the one before has died with all that it held. */
  successor(): Promise<Queue>;
  close(): Promise<void>;
}

/** What every queue promises. */
export function describeQueue(
  name: string,
  databases: Databases,
  open: (databases: Databases) => Promise<QueueUnderTest>,
): void {
  describe(`${name} as a Queue`, () => {
    let test: QueueUnderTest;
    let queue: Queue;

    beforeEach(async () => {
      test = await open(databases);
      queue = test.queue;
    });
    afterEach(() => test.close());

    const owners = { ada: crypto.randomUUID(), eve: crypto.randomUUID() };
    const jobs = { first: crypto.randomUUID(), second: crypto.randomUUID() };
    const entry = (turn: number, changes: Partial<QueueEntry> = {}): QueueEntry => ({
      jobId: jobs.first,
      ownerId: owners.ada,
      round: 0,
      turn,
      positions: [2 * turn, 2 * turn + 1],
      ...changes,
    });
    const enqueue = (...entries: QueueEntry[]) =>
      test.fork().transactional((em) => queue.enqueue(em as SqlEntityManager, entries));
    const turnsOf = (claims: readonly (Claim | undefined)[]) => claims.map((claim) => claim?.entry.turn);
    async function claimAll(from = queue): Promise<Claim[]> {
      const claims: Claim[] = [];
      for (let claim = await from.claim(); claim; claim = await from.claim()) claims.push(claim);
      return claims;
    }

    it('hands out what was stored, whole', async () => {
      await enqueue(entry(3, { round: 7, positions: [5, 1] }));
      const claim = await queue.claim();
      expect(claim).toMatchObject({ entry: entry(3, { round: 7, positions: [5, 1] }), givenUp: false });
    });

    it('has nothing to hand out where nothing was stored', async () => {
      await enqueue();
      await expect(queue.claim()).resolves.toBeUndefined();
    });

    it('keeps entries with the commit, and only then', async () => {
      const failing = test.fork().transactional(async (em) => {
        await queue.enqueue(em as SqlEntityManager, [entry(0)]);
        throw new Error('the rest of the transaction fails');
      });
      await expect(failing).rejects.toThrow('the rest');
      await expect(queue.claim()).resolves.toBeUndefined();
      await enqueue(entry(0));
      await expect(queue.claim()).resolves.toBeDefined();
    });

    it('gives each entry to one holder, however many ask at once', async () => {
      await enqueue(...Array.from({ length: 20 }, (_, turn) => entry(turn)));
      const claims = await Promise.all(Array.from({ length: 25 }, () => queue.claim()));
      const given = turnsOf(claims).filter((turn) => turn !== undefined);
      expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, turn) => turn));
    });

    it('gives every job its first turn before any has its second', async () => {
      await enqueue(entry(0), entry(1), entry(2));
      await enqueue(entry(0, { jobId: jobs.second }), entry(1, { jobId: jobs.second }));
      const order = (await claimAll()).map(({ entry: { jobId, turn } }) => [jobId, turn]);
      expect(order).toEqual([
        [jobs.first, 0],
        [jobs.second, 0],
        [jobs.first, 1],
        [jobs.second, 1],
        [jobs.first, 2],
      ]);
    });

    it('passes over owners', async () => {
      await enqueue(entry(0), entry(1, { ownerId: owners.eve }));
      expect((await queue.claim([owners.ada]))?.entry.ownerId).toBe(owners.eve);
      await expect(queue.claim([owners.ada])).resolves.toBeUndefined();
      expect((await queue.claim([owners.eve]))?.entry.ownerId).toBe(owners.ada);
    });

    it('forgets what is complete', async () => {
      await enqueue(entry(0), entry(1));
      const [first] = await claimAll();
      await queue.complete(first as Claim);
      await queue.complete(first as Claim);
      expect(turnsOf(await claimAll(await test.successor()))).toEqual([1]);
    });

    it('hands out again what was given back', async () => {
      await enqueue(entry(0));
      for (let times = 0; times < 15; times++) {
        const claim = (await queue.claim()) as Claim;
        expect(claim).toMatchObject({ entry: entry(0), givenUp: false });
        await expect(queue.claim()).resolves.toBeUndefined();
        await queue.release(claim);
      }
    });

    it('hands out again what a dead holder had', async () => {
      await enqueue(entry(0), entry(1));
      await claimAll();
      const successor = await test.successor();
      expect(turnsOf(await claimAll(successor))).toEqual([0, 1]);
    });

    it('gives up on an entry whose holders die again and again', async () => {
      await enqueue(entry(0));
      let deaths = 0;
      for (let holder = queue; !(await holder.claim())?.givenUp; deaths++) {
        if (deaths === 50) throw new Error('It is never given up');
        holder = await test.successor();
      }
      expect(deaths).toBeGreaterThanOrEqual(2);
    });

    it('knows what waits and what is held, job by job', async () => {
      await enqueue(entry(0), entry(1), entry(0, { jobId: jobs.second }));
      await queue.complete((await queue.claim()) as Claim);
      await queue.claim();
      const pending = (job: string) =>
        test.fork().transactional((em) => queue.pending(em as SqlEntityManager, job));
      expect((await pending(jobs.first)).map(({ turn }) => turn)).toEqual([1]);
      expect((await pending(jobs.second)).map(({ turn }) => turn)).toEqual([0]);
      expect(await pending(crypto.randomUUID())).toEqual([]);
    });

    it('keeps claims that are worked on', async () => {
      await enqueue(entry(0), entry(1));
      await expect(queue.heartbeat(await claimAll())).resolves.toEqual([]);
      await expect(queue.heartbeat([])).resolves.toEqual([]);
    });

    it('calls who listens when there may be something, until they stop', async () => {
      let calls = 0;
      const heard = Promise.withResolvers<void>();
      const stop = queue.onWork(() => {
        calls++;
        heard.resolve();
      });
      await enqueue(entry(0));
      queue.wake();
      await heard.promise;
      stop();
      const before = calls;
      queue.wake();
      expect(calls).toBe(before);
    });

    it('calls who listens when something was given back', async () => {
      await enqueue(entry(0));
      const claim = (await queue.claim()) as Claim;
      const heard = new Promise<void>((resolve) => queue.onWork(resolve));
      await queue.release(claim);
      await heard;
    });
  });
}
