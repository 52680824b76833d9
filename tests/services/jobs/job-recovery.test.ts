import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Job } from '../../../src/entities/job.entity.js';
import { JobItem } from '../../../src/entities/job-item.entity.js';
import { eventually } from '../../support/eventually.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { type Databases, eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('the recovery of batch jobs', (databases: Databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;
  let id: string;

  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await JobWorld.open(database);
    ada = await world.user();
    id = (await world.create(ada, await world.upload(ada, 20))).id;
  });
  afterEach(async () => {
    await world.close();
    expect(world.errors).toEqual([]);
  });

  const job = () => world.jobs.find(ada, id);
  const entries = () => world.entries(id);

  it('does not change consistent jobs', async () => {
    const before = await job();
    const queued = await entries();
    await world.recovery.reconcile();
    expect(await entries()).toBe(queued);
    expect((await job()).seq).toBe(before.seq);
    world.run();
    await eventually(() => world.compute.calls.length === 4);
    // Two of its chunks, of four items each, are enough active items for two images in flight.
    await eventually(async () => (await job()).seq === 2);
    const running = await job();
    await world.recovery.reconcile();
    expect((await job()).seq).toBe(running.seq);
  });

  it('continues a job after a crash from its stored state', async () => {
    world.run();
    await eventually(() => world.compute.calls.length === 4);
    await world.compute.calls[1]?.succeed();
    await eventually(async () => (await job()).completedCount > 0);
    const { seq } = await job();
    const [kept] = (await world.items(id)).flatMap(({ result }) => result?.id ?? []);
    await world.crash();
    world.compute.onCall = (call) => call.succeed();
    for (const call of world.compute.running) await call.succeed();
    await world.ended(id);
    const after = await job();
    expect(after).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
    expect(after.seq).toBeGreaterThan(seq);
    const results = (await world.items(id)).flatMap(({ result }) => result?.id ?? []);
    expect(new Set(results).size).toBe(20);
    expect(results).toContain(kept);
    expect(await world.orphans()).toEqual([]);
  });

  it('removes the result of an item whose row was never written', async () => {
    world.run();
    await eventually(() => world.compute.calls.length === 4);
    const { resultKey } = world.compute.calls[0]?.request ?? { resultKey: '' };
    await world.storage.write(resultKey, Buffer.from('computed just before the end'));
    await world.crash();
    expect(await world.storage.stat(resultKey)).toBeUndefined();
  });

  it('does not count crashes of the server against items', async () => {
    // Entries are given up after a number of crashes: three with pg-boss, ten with a LocalQueue.
    for (let deaths = 0; deaths < (databases.kind === 'SQLITE' ? 5 : 3); deaths++) {
      await world.crash();
      await eventually(() => world.compute.running.length > 0);
    }
    world.compute.onCall = (call) => call.succeed();
    for (const call of world.compute.running) await call.succeed();
    await world.ended(id);
    expect(await job()).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
  });

  it('fails items with which the server crashes repeatedly', async () => {
    for (let deaths = 0; (await job()).failedCount === 0; deaths++) {
      expect(deaths).toBeLessThan(30);
      await world.crash();
      await eventually(async () => world.compute.running.length > 0 || (await job()).failedCount > 0);
    }
    const failed = (await world.items(id)).filter(({ status }) => status === 'FAILED');
    expect(failed[0]?.error?.code).toBe('PROCESSING_FAILED');
  });

  it('enqueues items whose queue entry was lost', async () => {
    const queued = await entries();
    await world.loseEntries(id);
    await world.fork().nativeUpdate(JobItem, { job: id, position: 3 }, { status: 'PROCESSING', attempts: 1 });
    await world.recovery.reconcile();
    expect(await entries()).toBe(queued);
    world.compute.onCall = (call) => call.succeed();
    world.run();
    await world.ended(id);
    expect(await job()).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
    expect((await world.items(id)).map(({ attempts }) => attempts)[3]).toBe(2);
  });

  it('ends a job whose items have all ended, with correct counts', async () => {
    const em = world.fork();
    await world.loseEntries(id);
    await em.nativeUpdate(JobItem, { job: id }, { status: 'FAILED', endedSeq: 1 });
    await em.nativeUpdate(Job, { id }, { status: 'PROCESSING', startedAt: new Date(), failedCount: 7 });
    await world.recovery.reconcile();
    expect(await job()).toMatchObject({ status: 'FAILED', failedCount: 20, progress: 1 });
    expect((await job()).finishedAt).not.toBeNull();
  });

  it('ignores queue entries of a job that has ended', async () => {
    await world.jobs.cancel(ada, id);
    world.run();
    await eventually(async () => (await entries()) === 0);
    expect(world.compute.calls).toHaveLength(0);
  });

  it('rejects the results of a holder that lost its claim', async () => {
    world.run();
    await eventually(() => world.compute.calls.length === 4);
    const late = [...world.compute.calls];
    // A second process takes over while the first still computes.
    const second = await world.rival();
    second.run();
    await eventually(() => world.compute.calls.length === 8);
    for (const call of late) await call.succeed();
    world.compute.onCall = (call) => call.succeed();
    await Promise.all(world.compute.running.map((call) => call.succeed()));
    await world.ended(id);
    await Promise.all([world.runner?.close(60_000), second.runner?.close(60_000)]);
    expect(await job()).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
    const results = (await world.items(id)).map(({ result }) => result?.storageKey ?? `images/${result?.id}`);
    for (const { request } of late) expect(results).not.toContain(request.resultKey);
    expect(await world.orphans()).toEqual([]);
  });
});
