import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Job } from '../../../src/entities/job.entity.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('a user with a hundred jobs that have not ended', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;
  let images: string[];
  /** Oldest first. */
  const open: string[] = [];
  let ended: string;
  const refusal = { code: 'LIMIT_EXCEEDED', details: { limit: 'maxOpenJobs', value: 100, asked: 101 } };

  beforeAll(async () => {
    database = await databases.open();
    world = await JobWorld.open(database);
    ada = await world.user();
    images = await world.upload(ada, 1);
    for (let i = 0; i < 100; i++) open.push((await world.create(ada, images)).id);
  });
  // Every test leaves as many open jobs as it found.
  beforeEach(async () => {
    ended = open.shift() ?? '';
    await world.jobs.cancel(ada, ended);
    await world.create(ada, images);
  });
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  it('cannot create or retry another until one has ended', async () => {
    await expect(world.create(ada, images)).rejects.toMatchObject(refusal);
    await expect(world.jobs.retry(ada, ended)).rejects.toMatchObject(refusal);
    expect(await world.jobs.find(ada, ended)).toMatchObject({ status: 'CANCELLED', cancelledCount: 1 });

    const { edges } = await world.jobs.list(ada, { first: 1 });
    await world.jobs.cancel(ada, edges[0]?.node.id ?? '');
    expect((await world.jobs.retry(ada, ended)).status).toBe('QUEUED');
  });

  it('gets the last place once under concurrent requests', async () => {
    const { edges } = await world.jobs.list(ada, { first: 1 });
    await world.jobs.cancel(ada, edges[0]?.node.id ?? '');
    const asked = [
      ...Array.from({ length: 8 }, () => world.create(ada, images)),
      world.jobs.retry(ada, ended),
      world.jobs.retry(ada, edges[0]?.node.id ?? ''),
    ];
    const answers = await Promise.allSettled(asked);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.map(({ reason }) => reason.details)).toEqual(Array(9).fill(refusal.details));
    expect(await world.fork().count(Job, { owner: ada, status: 'QUEUED' })).toBe(100);
  });

  it('does not limit other users', async () => {
    const eve = await world.user();
    await world.create(eve, await world.upload(eve, 1));
  });
});

eachDatabase('a user whose jobs have the largest number of items', (databases) => {
  it('gets another job only after deleting one, also under concurrent requests', async () => {
    const database = await databases.open();
    const world = await JobWorld.open(database);
    const [ada, eve] = [await world.user(), await world.user()];
    const images = await world.upload(ada, 50);
    const ids: string[] = [];
    for (let i = 0; i < 19; i++) ids.push((await world.create(ada, images)).id);
    const refusal = {
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('delete jobs'),
      details: { limit: 'userJobItems', value: 1_000, asked: 1_050 },
    };
    const answers = await Promise.allSettled([1, 2, 3].map(() => world.create(ada, images)));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toMatchObject([{ reason: refusal }, { reason: refusal }]);

    const first = ids[0] ?? '';
    await world.jobs.cancel(ada, first);
    await expect(world.create(ada, images)).rejects.toMatchObject(refusal);
    await world.jobs.delete(ada, first);
    await world.create(ada, images);
    await world.create(eve, await world.upload(eve, 1));
    await world.close();
    await database.close();
  });
});
