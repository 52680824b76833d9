import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../../../src/errors.js';
import { estimatedSecondsLeft } from '../../../src/services/jobs/job-estimate.js';
import { eventually } from '../../support/eventually.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('attempts at the items of a job', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;

  beforeEach(async () => {
    database = await databases.open();
    world = await JobWorld.open(database, { groupMs: 0 });
    ada = await world.user();
  });
  afterEach(async () => {
    await world.close();
    await database.close();
  });

  const items = async (id: string) => {
    const { edges } = await world.jobs.items(await world.jobs.find(ada, id), { first: 10 });
    return edges.map(({ node }) => node);
  };
  const codesOf = async (id: string) =>
    (await items(id)).map(({ attemptSpans }) => attemptSpans.map(({ error }) => error?.code ?? null));

  it('have a start, an end and a number', async () => {
    const before = new Date();
    const { id } = await world.create(ada, await world.upload(ada, 1));
    expect(await items(id)).toMatchObject([{ startedAt: null, finishedAt: null, attemptSpans: [] }]);
    world.run();
    await eventually(() => world.compute.running.length === 1);
    const [running] = await items(id);
    expect(running?.attemptSpans).toEqual([
      { number: 1, startedAt: running?.startedAt, finishedAt: null, error: null },
    ]);
    await world.compute.calls[0]?.succeed();
    await world.ended(id);
    const [done] = await items(id);
    expect(done?.startedAt?.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(done?.finishedAt?.getTime()).toBeGreaterThanOrEqual(Number(done?.startedAt));
    expect(done?.finishedAt?.getTime()).toBeLessThanOrEqual(Date.now());
    expect(done?.attemptSpans).toEqual([
      { number: 1, startedAt: done?.startedAt, finishedAt: done?.finishedAt, error: null },
    ]);
  });

  it('keep their errors over crashes, retries and cancellation, oldest first', async () => {
    world.run();
    world.compute.onCall = (call) => (world.compute.calls.length === 1 ? call.crash() : call.refuse());
    const { id } = await world.create(ada, await world.upload(ada, 1));
    await world.ended(id);
    expect(await codesOf(id)).toEqual([['PROCESSING_FAILED', 'UNSUPPORTED_MEDIA']]);
    await world.jobs.retry(ada, id);
    await world.ended(id);
    world.compute.onCall = () => undefined;
    await world.jobs.retry(ada, id);
    await eventually(() => world.compute.running.length === 1);
    await world.jobs.cancel(ada, id);
    const expected = ['PROCESSING_FAILED', 'UNSUPPORTED_MEDIA', 'UNSUPPORTED_MEDIA', 'CANCELLED'];
    expect(await codesOf(id)).toEqual([expected]);
    expect(await items(id)).toMatchObject([{ status: 'CANCELLED', error: null, attempts: 4 }]);
    world.compute.onCall = (call) => call.succeed();
    await world.jobs.retry(ada, id);
    await world.ended(id);
    expect(await codesOf(id)).toEqual([[...expected, null]]);
    const [{ attemptSpans = [] } = {}] = await items(id);
    expect(attemptSpans.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    for (const [i, span] of attemptSpans.entries()) {
      expect(Number(span.finishedAt)).toBeGreaterThanOrEqual(Number(span.startedAt));
      expect(Number(span.startedAt)).toBeGreaterThanOrEqual(Number(attemptSpans[i - 1]?.finishedAt ?? 0));
    }
  });

  it('end with an error when their process is lost', async () => {
    world.run();
    const { id } = await world.create(ada, await world.upload(ada, 1));
    await eventually(() => world.compute.running.length === 1);
    world.compute.onCall = (call) => call.succeed();
    await world.crash();
    await world.ended(id);
    expect(await codesOf(id)).toEqual([['PROCESSING_FAILED', null]]);
  });

  it('end with CANCELLED when a shutdown stops them', async () => {
    world.run();
    const { id } = await world.create(ada, await world.upload(ada, 1));
    await eventually(() => world.compute.running.length === 1);
    await world.runner?.close(0, 200_000);
    expect(await items(id)).toMatchObject([{ status: 'QUEUED', error: null }]);
    expect(await codesOf(id)).toEqual([['CANCELLED']]);
  });

  describe('that are filtered', () => {
    let id: string;
    beforeEach(async () => {
      world.run();
      const errors = [
        undefined,
        'UNSUPPORTED_MEDIA',
        'PROCESSING_FAILED',
        undefined,
        'PROCESSING_FAILED',
      ] as const;
      const images = await world.upload(ada, 5);
      world.compute.onCall = (call) => {
        const code = errors[images.findIndex((image) => call.request.sourceKey.endsWith(image))];
        return code === undefined ? call.succeed() : call.fail(new AppError(code, 'No'));
      };
      ({ id } = await world.create(ada, images));
      await world.ended(id);
    });

    const page = async (status: 'FAILED' | 'COMPLETED' | 'QUEUED', first: number, after?: string | null) =>
      world.jobs.items(await world.jobs.find(ada, id), { first, after }, status);

    it('come page by page with the count of that status', async () => {
      const { edges, pageInfo, totalCount } = await page('FAILED', 2);
      expect(edges.map(({ node }) => node.position)).toEqual([1, 2]);
      expect([pageInfo.hasNextPage, pageInfo.hasPreviousPage, await totalCount]).toEqual([true, false, 3]);
      const next = await page('FAILED', 2, pageInfo.endCursor);
      expect(next.edges.map(({ node }) => node.position)).toEqual([4]);
      expect(next.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      expect((await page('QUEUED', 5)).edges).toEqual([]);
    });

    it('are retried by code', async () => {
      world.compute.onCall = (call) => call.succeed();
      const retried = await world.jobs.retry(ada, id, ['PROCESSING_FAILED', 'LIMIT_EXCEEDED']);
      expect(retried).toMatchObject({ status: 'QUEUED', completedCount: 2, failedCount: 1, endedBefore: 3 });
      await world.ended(id);
      expect((await items(id)).map(({ status, attempts }) => `${status} ${attempts}`)).toEqual([
        ...['COMPLETED 1', 'FAILED 1', 'COMPLETED 2', 'COMPLETED 1', 'COMPLETED 2'],
      ]);
      const { seq } = await world.jobs.find(ada, id);
      expect((await world.jobs.retry(ada, id, ['PROCESSING_FAILED'])).seq).toBe(seq);
    });

    it.each([
      [[], 'codes'],
      [['PROCESSING_FAILED', 'nonsense'], 'codes[1]'],
    ])('are not retried by %j', async (codes, field) => {
      await expect(world.jobs.retry(ada, id, codes)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        details: { field },
      });
    });

    it('filter jobs by failures', async () => {
      const clean = await world.create(ada, await world.upload(ada, 1));
      const list = async (hasFailures?: boolean | null) => {
        const { edges } = await world.jobs.list(ada, { first: 10 }, { hasFailures });
        return edges.map(({ node }) => node.id);
      };
      expect(await list(true)).toEqual([id]);
      expect(await list(false)).toEqual([clean.id]);
      expect(await list(null)).toEqual([clean.id, id]);
    });
  });
});

describe('the estimate of a job', () => {
  const startedAt = new Date(0);
  const job = {
    status: 'PROCESSING' as const,
    ...{ totalCount: 10, completedCount: 3, failedCount: 1, cancelledCount: 0, endedBefore: 2, startedAt },
  };

  it.each([
    ['follows from the throughput since the start', {}, 12],
    ['is null before an item has ended since then', { endedBefore: 4 }, null],
    ['is null before the start', { startedAt: null }, null],
    ['is null after the end', { status: 'CANCELLED' as const }, null],
    ['is 0 when no item is left', { completedCount: 9 }, 0],
  ])('%s', (_name, changes, seconds) => {
    expect(estimatedSecondsLeft({ ...job, ...changes }, new Date(4_000))).toBe(seconds);
  });
});
