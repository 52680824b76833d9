import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { LocalQueue } from '../../src/queue/local.queue.js';
import type { Claim } from '../../src/queue/queue.js';
import { eachDatabase } from '../support/servers/database.js';

eachDatabase('the queue in the rows, after its holder has died,', (databases) => {
  const entry = (turn: number) => ({
    jobId: randomUUID(),
    ownerId: randomUUID(),
    round: 0,
    turn,
    positions: [turn],
  });

  it('returns its entries again', async () => {
    const { fork, close } = await databases.open();
    const queue = new LocalQueue(fork);
    await fork().transactional((em) => queue.enqueue(em as SqlEntityManager, [entry(0), entry(1)]));
    await Promise.all([queue.claim(), queue.claim()]);
    const successor = new LocalQueue(fork);
    const claims = [await successor.claim(), await successor.claim(), await successor.claim()];
    expect(claims.map((claim) => claim?.entry.turn)).toEqual([0, 1, undefined]);
    await close();
  });

  it('gives up an entry whose holders die repeatedly', async () => {
    const { fork, close } = await databases.open();
    const queue = new LocalQueue(fork);
    await fork().transactional((em) => queue.enqueue(em as SqlEntityManager, [entry(0)]));
    let deaths = 0;
    for (let holder = queue; !(await holder.claim())?.givenUp; deaths++) {
      if (deaths === 50) throw new Error('It is never given up');
      holder = new LocalQueue(fork);
    }
    expect(deaths).toBeGreaterThanOrEqual(2);
    await close();
  });

  it('keeps the number of failed attempts', async () => {
    const { fork, close } = await databases.open();
    await fork().transactional((em) => new LocalQueue(fork).enqueue(em as SqlEntityManager, [entry(0)]));
    for (let failures = 0; failures < 3; failures++) {
      const holder = new LocalQueue(fork);
      const claim = (await holder.claim()) as Claim;
      expect(claim.givenUp).toBe(false);
      await holder.fail(claim);
    }
    expect((await new LocalQueue(fork).claim())?.givenUp).toBe(true);
    await close();
  });

  it('that continues but could not store a release returns the entry again without counting a failure', async () => {
    const { fork, close } = await databases.open();
    let broken = false;
    const queue = new LocalQueue(() => {
      if (broken) throw new Error('disk full');
      return fork();
    });
    await fork().transactional((em) => queue.enqueue(em as SqlEntityManager, [entry(0)]));
    for (let time = 0; time < 50; time++) {
      const claim = await queue.claim();
      expect(claim).toMatchObject({ entry: { turn: 0 }, givenUp: false });
      broken = true;
      await expect(queue.release(claim as Claim)).rejects.toThrow('disk full');
      broken = false;
    }
    await queue.complete((await queue.claim()) as Claim);
    expect(await queue.claim()).toBeUndefined();
    await close();
  });
});
