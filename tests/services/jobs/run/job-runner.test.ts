import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { AppError } from '../../../../src/errors.js';
import { workerLost } from '../../../../src/execution/workers/worker-lost.js';
import { eventually } from '../../../support/eventually.js';
import { JobWorld } from '../../../support/fakes/job-world.js';
import { type Databases, eachDatabase, type TestDatabase } from '../../../support/servers/database.js';

eachDatabase('running batch jobs', (databases: Databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;

  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await JobWorld.open(database);
    ada = await world.user();
    world.run();
  });
  afterEach(async () => {
    await world.close();
    expect(world.errors).toEqual([]);
  });

  /** A job of this number of images that has started. */
  async function begun(count: number, changes = {}): Promise<string> {
    const job = await world.create(ada, await world.upload(ada, count), changes);
    await eventually(() => world.compute.calls.length > 0);
    return job.id;
  }
  const statuses = async (id: string) => (await world.items(id)).map(({ status }) => status);
  const ended = async (id: string) => {
    await world.ended(id);
    return world.jobs.find(ada, id);
  };

  it('makes one image from each, as processImage does', async () => {
    world.compute.onCall = (call) => call.succeed();
    const sources = await world.upload(ada, 3);
    const job = await world.create(ada, sources);
    expect(await ended(job.id)).toMatchObject({ status: 'COMPLETED', completedCount: 3, progress: 1 });
    const items = await world.items(job.id);
    for (const [i, { result, attempts, durationMs, error }] of items.entries()) {
      expect({ attempts, durationMs, error }).toEqual({ attempts: 1, durationMs: 5, error: null });
      const image = await world.images.find(ada, result?.id ?? '');
      expect(image).toMatchObject({
        source: { id: sources[i] },
        filename: `${i}.jpg`,
        engine: 'SHARP',
        operations: [{ kind: 'GRAYSCALE', params: {} }],
        format: 'JPEG',
        durationMs: 5,
      });
      expect(await world.storage.stat(image.storageKey)).toBeDefined();
    }
    expect(await (await world.images.list(ada, { first: 10 })).totalCount).toBe(6);
    expect(await world.orphans()).toEqual([]);
  });

  it('passes pool, engine and owner to the compute host', async () => {
    await begun(1, { pool: 'PROCESSES', engine: 'SHARP' });
    const request = { pool: 'PROCESSES', engine: 'SHARP', owner: ada };
    expect(world.compute.calls[0]?.request).toMatchObject(request);
    world.compute.calls[0]?.succeed();
  });

  it('runs at most as many items at once as the job has workers', async () => {
    world.compute.onCall = (call) => {
      expect(world.compute.running).toHaveLength(1);
      setTimeout(() => call.succeed(), 2);
    };
    const job = await world.create(ada, await world.upload(ada, 6), { workers: 1 });
    expect((await ended(job.id)).status).toBe('COMPLETED');
  });

  it('keeps every worker busy and sends the next items ahead', async () => {
    const id = await begun(10);
    await eventually(() => world.compute.calls.length === 4);
    world.compute.calls[0]?.succeed();
    await eventually(() => world.compute.calls.length === 5);
    world.compute.onCall = (call) => call.succeed();
    for (const call of world.compute.running) call.succeed();
    expect((await ended(id)).completedCount).toBe(10);
  });

  it('writes the last results of a job at once, whatever the group-commit window', async () => {
    await world.close();
    world = await JobWorld.open(database, { groupMs: 3_600_000 });
    ada = await world.user();
    world.run();
    const id = await begun(6);
    for (let i = 0; i < 6; i++) {
      await eventually(() => world.compute.running.length > 0);
      await world.compute.running[0]?.succeed();
    }
    expect((await ended(id)).completedCount).toBe(6);
  });

  it('computes a result again that could not be written within half an hour', async () => {
    await world.close();
    world = await JobWorld.open(database, { workers: 1, groupMs: 3_600_000 });
    ada = await world.user();
    world.run();
    const id = await begun(4);
    const succeed = async () => {
      await eventually(() => world.compute.running.length > 0);
      await world.compute.running[0]?.succeed();
    };
    // The first is written at once, the second waits for the others, and the machine is suspended before they end.
    await succeed();
    await eventually(async () => (await statuses(id))[0] === 'COMPLETED');
    await succeed();
    await eventually(() => world.compute.calls.length === 4);
    const anHourLater = Date.now() + 3_600_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => anHourLater);
    await succeed();
    await succeed();
    await eventually(async () => (await statuses(id))[3] === 'COMPLETED');
    clock.mockRestore();
    expect(await statuses(id)).toEqual(['COMPLETED', 'QUEUED', 'COMPLETED', 'COMPLETED']);
    await eventually(async () => (await world.orphans()).length === 0);
    world.compute.onCall = (call) => call.succeed();
    await eventually(async () => (await world.entries(id)) === 0);
    await world.recovery.reconcile();
    expect(await ended(id)).toMatchObject({ status: 'COMPLETED', completedCount: 4 });
  });

  it('fails an invalid image alone, at its first attempt', async () => {
    world.compute.onCall = (call) => (call === world.compute.calls[1] ? call.refuse() : call.succeed());
    const job = await world.create(ada, await world.upload(ada, 3), { workers: 1 });
    expect(await ended(job.id)).toMatchObject({ status: 'COMPLETED', completedCount: 2, failedCount: 1 });
    const items = await world.items(job.id);
    expect(items.map(({ status }) => status)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(items[1]).toMatchObject({
      attempts: 1,
      error: { code: 'UNSUPPORTED_MEDIA', message: 'Not an image' },
      result: null,
    });
  });

  it('sets FAILED if no item has a result', async () => {
    world.compute.onCall = (call) => call.refuse();
    const job = await world.create(ada, await world.upload(ada, 2));
    expect(await ended(job.id)).toMatchObject({ status: 'FAILED', failedCount: 2 });
  });

  it('retries an item whose worker crashed, three attempts in all', async () => {
    const dying = await world.upload(ada, 1);
    const lucky = await world.upload(ada, 1);
    let crashes = 0;
    world.compute.onCall = (call) => {
      if (call.request.sourceKey.endsWith(String(dying[0])) || crashes++ < 2) call.crash();
      else call.succeed();
    };
    const job = await world.create(ada, [...dying, ...lucky]);
    expect(await ended(job.id)).toMatchObject({ status: 'COMPLETED', completedCount: 1, failedCount: 1 });
    const [first, second] = await world.items(job.id);
    expect(first).toMatchObject({ status: 'FAILED', attempts: 3, error: { code: 'PROCESSING_FAILED' } });
    expect(second).toMatchObject({ status: 'COMPLETED', attempts: 3 });
    expect(await world.orphans()).toEqual([]);
  });

  it('does not count the crash of the host against other items', async () => {
    const ids = await world.upload(ada, 12);
    const deadly = String(ids[5]);
    world.compute.onCall = (call) => {
      if (!call.request.sourceKey.endsWith(deadly)) {
        setTimeout(() => call.succeed(), 20);
        return;
      }
      // Every running computation ends with it.
      const lost = workerLost('HOST_EXITED', 'The compute host ended');
      setTimeout(() => {
        for (const each of world.compute.running) each.fail(lost);
      }, 5);
    };
    const job = await world.create(ada, ids);
    expect(await ended(job.id)).toMatchObject({ completedCount: 11, failedCount: 1 });
    expect((await world.items(job.id))[5]).toMatchObject({ status: 'FAILED', attempts: 3 });
  });

  it('retries while the server is busy', async () => {
    let refusals = 0;
    world.compute.onCall = (call) => {
      if (refusals++ < 3) call.fail(new AppError('SERVER_BUSY', 'Later', { retryAfterMs: 1 }));
      else call.succeed();
    };
    const job = await world.create(ada, await world.upload(ada, 1));
    expect((await ended(job.id)).status).toBe('COMPLETED');
    expect((await world.items(job.id))[0]?.attempts).toBe(1);
  });

  it('masks and reports unexpected errors', async () => {
    world.compute.onCall = (call) => call.fail(new Error('ENOENT /etc/secret'));
    const job = await world.create(ada, await world.upload(ada, 1));
    await ended(job.id);
    expect((await world.items(job.id))[0]?.error).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Internal error',
    });
    expect(world.errors.splice(0)).toEqual([expect.objectContaining({ message: 'ENOENT /etc/secret' })]);
  });

  it('reports the cause of a failure, and shows its owner the failure only', async () => {
    const cause = new Error('ENOSPC /media/secret');
    const failure = new AppError('PROCESSING_FAILED', 'It could not be stored', {}, { cause });
    world.compute.onCall = (call) => call.fail(failure);
    const job = await world.create(ada, await world.upload(ada, 1));
    await ended(job.id);
    expect((await world.items(job.id))[0]?.error).toEqual({
      code: 'PROCESSING_FAILED',
      message: 'It could not be stored',
    });
    expect(world.errors.splice(0)).toEqual([failure]);
  });

  it('gives up a chunk after three failures, temporary ones excluded', async () => {
    await world.close();
    world = await JobWorld.open(database);
    world.compute.onCall = (call) => call.succeed();
    const eve = await world.user();
    const failing = await world.create(ada, await world.upload(ada, 2));
    const delayed = await world.create(eve, await world.upload(eve, 1));
    const bug = new Error('nobody expected this');
    const passing = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const thrown: Error[] = [];
    const count = (error: Error) => thrown.filter((each) => each === error).length;
    world.quota.check = async (_em, owner) => {
      if (owner === eve && count(passing) === 4) return;
      thrown.push(owner === eve ? passing : bug);
      throw thrown.at(-1);
    };
    world.run();
    expect(await ended(failing.id)).toMatchObject({ status: 'FAILED', failedCount: 2 });
    const codes = (await world.items(failing.id)).map(({ error }) => error?.code);
    expect(codes).toEqual(['PROCESSING_FAILED', 'PROCESSING_FAILED']);
    expect(count(bug)).toBe(3);
    await eventually(async () => (await world.entries(failing.id)) === 0);

    await world.ended(delayed.id);
    expect((await world.jobs.find(eve, delayed.id)).status).toBe('COMPLETED');
    expect(world.errors.splice(0)).toEqual(thrown);
  });

  it('fails the item of an image that has been deleted, and continues', async () => {
    const ids = await world.upload(ada, 20);
    const job = await world.create(ada, ids, { workers: 1 });
    await eventually(() => world.compute.calls.length === 1);
    // One that is being computed and whose result stays, one of the same chunk, one that has not been looked at.
    for (const i of [0, 9, 19]) await world.images.delete(ada, [String(ids[i])]);
    world.compute.onCall = async (call) => {
      const gone = (await world.storage.stat(call.request.sourceKey)) === undefined;
      if (gone) call.fail(new AppError('NOT_FOUND', 'The file does not exist'));
      else await call.succeed();
    };
    await world.compute.calls[0]?.succeed();
    expect(await ended(job.id)).toMatchObject({ completedCount: 18, failedCount: 2 });
    const items = await world.items(job.id);
    expect(items[0]).toMatchObject({ status: 'COMPLETED', image: null });
    for (const i of [9, 19]) {
      expect(items[i]).toMatchObject({ status: 'FAILED', image: null, error: { code: 'NOT_FOUND' } });
    }
    const result = await world.images.find(ada, items[0]?.result?.id ?? '');
    expect(result.source).toBeNull();
  });

  it('ends while its images are deleted concurrently with their results', async () => {
    const deletions: Promise<string[]>[] = [];
    world.compute.onCall = async (call) => {
      await call.succeed();
      const id = call.request.sourceKey.replace('images/', '');
      setTimeout(() => deletions.push(world.images.delete(ada, [id])), Math.random() * 120);
    };
    const job = await world.create(ada, await world.upload(ada, 50));
    expect(await ended(job.id)).toMatchObject({ completedCount: 50, failedCount: 0 });
    await eventually(() => deletions.length === 50);
    await Promise.all(deletions);
    const { edges } = await world.images.list(ada, { first: 100 });
    expect(edges.map(({ node }) => node.source)).toEqual(Array(50).fill(null));
    expect(await world.orphans()).toEqual([]);
  });

  it('stores no results above the quota', async () => {
    await world.close();
    world = await JobWorld.open(database, { quotaBytes: 120, groupMs: 0 });
    const ids = await world.upload(ada, 10);
    world.compute.onCall = (call) => setTimeout(() => call.succeed(), 15);
    world.run();
    const job = await world.create(ada, [...ids, ...ids, ...ids, ...ids], { workers: 1 });
    const { completedCount, failedCount } = await ended(job.id);
    expect(completedCount + failedCount).toBe(40);
    expect(failedCount).toBeGreaterThan(0);
    expect((await world.items(job.id)).at(-1)?.error?.code).toBe('LIMIT_EXCEEDED');
  });

  it('releases its items at a shutdown without counting it against them', async () => {
    const id = await begun(20);
    await eventually(() => world.compute.calls.length === 4);
    world.compute.calls[0]?.succeed();
    await world.runner?.close(50, 200_000);
    expect((await statuses(id)).filter((status) => status === 'COMPLETED')).toHaveLength(1);
    expect((await statuses(id)).filter((status) => status === 'QUEUED')).toHaveLength(19);
    expect(await world.orphans()).toEqual([]);
    world.compute.onCall = (call) => call.succeed();
    world.run();
    expect(await ended(id)).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
  });

  it('serves other owners while one has a thousand items', async () => {
    await begun(50);
    const eve = await world.user();
    const small = await world.create(eve, await world.upload(eve, 1));
    await eventually(() => world.compute.running.some(({ request }) => request.owner === eve));
    for (const { request } of world.compute.running) expect([ada, eve]).toContain(request.owner);
    for (const call of world.compute.running) if (call.request.owner === eve) call.succeed();
    await world.ended(small.id);
    world.compute.onCall = (call) => call.succeed();
    for (const call of world.compute.running) call.succeed();
  });
});
