import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { JobFeeds, type JobFollower } from '../../../src/services/jobs/job-feed.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('the followers of a job', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;
  let units: number;
  let feeds: JobFeeds;

  beforeEach(async () => {
    database = await databases.open();
    world = await JobWorld.open(database, { groupMs: 0 });
    world.compute.onCall = (call) => call.succeed();
    ada = await world.user();
    units = 0;
    feeds = new JobFeeds({
      fork: () => {
        units++;
        return world.fork();
      },
      progress: world.progress,
    });
  });
  afterEach(async () => {
    await world.close();
    await database.close();
  });

  const nextOf = (followers: readonly JobFollower[], seq?: number) =>
    Promise.all(followers.map((follower) => follower.next(seq)));

  it('share one read of the job and one of its items for each change', async () => {
    const { id } = await world.create(ada, await world.upload(ada, 3));
    const followers = Array.from({ length: 50 }, () => feeds.follow(ada, id, true));
    const first = await nextOf(followers);
    expect([units, new Set(first).size]).toEqual([2, 1]);
    expect(first[0]).toMatchObject({ jobId: id, status: 'QUEUED', completedCount: 0, items: [] });

    world.run();
    await world.ended(id);
    const { seq } = await world.jobs.find(ada, id);
    const last = await nextOf(followers, seq);
    expect([units, new Set(last).size]).toEqual([4, 1]);
    expect(last[0]).toMatchObject({ seq, status: 'COMPLETED', completedCount: 3, progress: 1 });
    expect(last[0]?.items.map(({ position }) => position).sort()).toEqual([0, 1, 2]);
    expect(await nextOf(followers, seq)).toEqual(followers.map(() => undefined));
  });

  it('get the items since their own last event, whenever they began', async () => {
    const { id } = await world.create(ada, await world.upload(ada, 2));
    const early = feeds.follow(ada, id, true);
    await early.next(undefined);
    world.run();
    await world.ended(id);
    const { seq } = await world.jobs.find(ada, id);
    const late = feeds.follow(ada, id, true);
    const counts = feeds.follow(ada, id, false);
    const events = await Promise.all([early, late, counts].map((follower) => follower.next(seq)));
    expect(events.map((event) => event?.items.length)).toEqual([2, 2, 0]);
  });

  it('are refused a foreign and a deleted job', async () => {
    const { id } = await world.create(ada, await world.upload(ada, 1));
    const eve = feeds.follow(await world.user(), id, false);
    const own = feeds.follow(ada, id, false);
    const outcomes = await Promise.allSettled([eve.next(undefined), own.next(undefined)]);
    expect(outcomes).toMatchObject([{ reason: { code: 'FORBIDDEN' } }, { value: { jobId: id } }]);
    world.run();
    await world.ended(id);
    const { seq } = await world.jobs.find(ada, id);
    await world.jobs.delete(ada, id);
    await expect(own.next(seq + 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
