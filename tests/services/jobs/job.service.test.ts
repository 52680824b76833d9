import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Image } from '../../../src/entities/image.entity.js';
import type { Operation } from '../../../src/imaging/operation.js';
import type { CreateJob } from '../../../src/services/jobs/job-input.js';
import { eventually } from '../../support/eventually.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { type Databases, eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('batch jobs', (databases: Databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;
  let images: string[];

  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await JobWorld.open(database);
    ada = await world.user();
    images = await world.upload(ada, 20);
  });
  afterEach(async () => {
    await world.close();
    expect(world.errors).toEqual([]);
  });

  const statuses = async (id: string) => (await world.items(id)).map(({ status }) => status);
  const find = (id: string) => world.jobs.find(ada, id);
  /** A job that is cancelled, of which the only image is computed just before it could be stopped. */
  const cancelledTooLate = async () => {
    world.run();
    const { id } = await world.create(ada, images.slice(0, 1));
    await eventually(() => world.compute.calls.length === 1);
    const call = world.compute.calls[0];
    if (call) call.fail = () => undefined;
    await world.jobs.cancel(ada, id);
    return { id, call };
  };

  describe('that are accepted', () => {
    it('wait with all their items until a runner claims them', async () => {
      const { id } = await world.create(ada, images, { workers: 3 });
      expect(await find(id)).toMatchObject({
        status: 'QUEUED',
        totalCount: 20,
        workers: 3,
        progress: 0,
        startedAt: null,
        finishedAt: null,
        durationMs: null,
      });
      expect((await world.items(id)).map(({ image }) => image?.id)).toEqual(images);
      await world.crash();
      await eventually(() => world.compute.calls.length > 0);
    });

    it('take an image twice, and the largest number of workers by default', async () => {
      const twice = [images[0], images[0]] as string[];
      const { id, workers } = await world.create(ada, twice);
      // The machine that runs it may have more processors than the one that accepts it.
      expect(workers).toBe(8);
      expect((await world.items(id)).map(({ image }) => image?.id)).toEqual(twice);
    });

    const grayscale: Operation = { kind: 'GRAYSCALE', params: {} };
    const convert = (format: 'AVIF'): Operation => ({ kind: 'CONVERT', params: { format } });
    type Refusal = {
      code: string;
      message?: RegExp;
      field?: string;
      limit?: string;
      value?: number;
      asked?: number;
    };
    it.each<[string, string[] | undefined, Partial<CreateJob>, Refusal]>([
      ['no images', [], {}, { code: 'BAD_USER_INPUT', message: /imageIds/ }],
      [
        'too many images',
        Array(51).fill('x'),
        {},
        { code: 'LIMIT_EXCEEDED', field: 'input.imageIds', limit: 'maxBatchImages', value: 50, asked: 51 },
      ],
      ['an unknown image', ['x'], {}, { code: 'NOT_FOUND' }],
      ['no workers', undefined, { workers: 0 }, { code: 'BAD_USER_INPUT', message: /workers/ }],
      [
        'too many workers',
        undefined,
        { workers: 9 },
        { code: 'LIMIT_EXCEEDED', field: 'input.workers', limit: 'maxWorkers', value: 8, asked: 9 },
      ],
      [
        'an empty key',
        undefined,
        { idempotencyKey: '' },
        { code: 'BAD_USER_INPUT', message: /idempotencyKey/ },
      ],
      ['no operations', undefined, { operations: [] }, { code: 'BAD_USER_INPUT', message: /operations/ }],
      [
        'a format that the engine cannot write',
        undefined,
        { operations: [grayscale, convert('AVIF')] },
        { code: 'BAD_USER_INPUT', message: /operations\[1\].convert.format/ },
      ],
    ])('are rejected with %s', async (_what, ids, changes, { code, message, ...details }) => {
      const refused = world.create(ada, ids ?? images, changes);
      await expect(refused).rejects.toMatchObject({ code, ...(message ? {} : { details }) });
      if (message) await expect(refused).rejects.toThrow(message);
      expect(await (await world.jobs.list(ada, { first: 10 })).totalCount).toBe(0);
    });

    it('are rejected with one foreign image among many', async () => {
      const eve = await world.user();
      const foreign = await world.upload(eve, 1);
      await expect(world.create(ada, [...images, ...foreign])).rejects.toMatchObject({ code: 'FORBIDDEN' });
      expect(await (await world.jobs.list(ada, { first: 10 })).totalCount).toBe(0);
    });

    it('are visible to their owner only', async () => {
      const { id } = await world.create(ada, images);
      const eve = await world.user();
      for (const move of ['find', 'cancel', 'retry', 'delete'] as const) {
        await expect(world.jobs[move](eve, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
        const unknown = world.jobs[move](ada, crypto.randomUUID());
        await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
      expect((await find(id)).status).toBe('QUEUED');
    });

    it('are listed newest first, filtered by status', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 3; i++) ids.unshift((await world.create(ada, images)).id);
      await world.jobs.cancel(ada, String(ids[1]));
      const list = async (status?: 'QUEUED' | 'CANCELLED' | 'FAILED') => {
        const { edges } = await world.jobs.list(ada, { first: 10 }, { status });
        return edges.map(({ node }) => node.id);
      };
      expect(await list()).toEqual(ids);
      expect(await list('QUEUED')).toEqual([ids[0], ids[2]]);
      expect(await list('CANCELLED')).toEqual([ids[1]]);
      expect(await list('FAILED')).toEqual([]);
    });
  });

  describe('with a key', () => {
    const idempotencyKey = 'order 17';

    it('are created once by repeated and concurrent requests', async () => {
      const first = await world.create(ada, images, { idempotencyKey });
      const again = await Promise.all(
        Array.from({ length: 5 }, () => world.create(ada, images, { idempotencyKey })),
      );
      expect(new Set(again.map(({ id }) => id))).toEqual(new Set([first.id]));
      const atOnce = await Promise.all(
        Array.from({ length: 8 }, () => world.create(ada, images, { idempotencyKey: 'another' })),
      );
      expect(new Set(atOnce.map(({ id }) => id)).size).toBe(1);
      expect(await (await world.jobs.list(ada, { first: 10 })).totalCount).toBe(2);
    });

    it('are found after their images are deleted, and with parameters in another order', async () => {
      const blurs = (params: object) => [{ kind: 'WATERMARK', params }] as unknown as Operation[];
      const { id } = await world.create(ada, images, {
        idempotencyKey,
        operations: blurs({ text: 'a', position: 'CENTER', opacity: 1 }),
      });
      for (const image of images) await world.images.delete(ada, [image]);
      const again = await world.create(ada, images, {
        idempotencyKey,
        operations: blurs({ opacity: 1, text: 'a', position: 'CENTER' }),
      });
      expect(again.id).toBe(id);
    });

    it.each<[string, number[], Partial<CreateJob>]>([
      ['other images', [0], {}],
      ['another order', [1, 0], {}],
      ['another pool', [0, 1], { pool: 'PROCESSES' }],
      ['other workers', [0, 1], { workers: 2 }],
    ])('are rejected with %s', async (_what, positions, changes) => {
      await world.create(ada, images.slice(0, 2), { idempotencyKey });
      const ids = positions.map((i) => String(images[i]));
      const other = world.create(ada, ids, { idempotencyKey, ...changes });
      await expect(other).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('belong to their user', async () => {
      const { id } = await world.create(ada, images, { idempotencyKey });
      const eve = await world.user();
      const other = await world.create(eve, await world.upload(eve, 1), { idempotencyKey });
      expect(other.id).not.toBe(id);
    });
  });

  describe('that are deleted', () => {
    it('are removed with their items, and their results stay', async () => {
      world.compute.onCall = (call) => call.succeed();
      world.run();
      const { id } = await world.create(ada, images);
      await world.ended(id);
      const results = (await world.items(id)).map(({ result }) => result?.id ?? '');
      expect(await world.jobs.delete(ada, id)).toBe(id);
      await expect(find(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await world.items(id)).toEqual([]);
      expect(await world.fork().count(Image, { id: { $in: results } })).toBe(20);
      expect(await world.orphans()).toEqual([]);
    });

    it('must have ended before', async () => {
      const { id } = await world.create(ada, images);
      await expect(world.jobs.delete(ada, id)).rejects.toMatchObject({ code: 'CONFLICT' });
      world.run();
      await eventually(() => world.compute.calls.length === 4);
      await expect(world.jobs.delete(ada, id)).rejects.toMatchObject({
        code: 'CONFLICT',
        details: { status: 'PROCESSING' },
      });
      expect(await world.items(id)).toHaveLength(20);
    });

    it('leave no queue entry and no file of a running item', async () => {
      const { id, call } = await cancelledTooLate();
      await world.jobs.delete(ada, id);
      await call?.succeed();
      await world.runner?.close(60_000);
      expect(await world.entries(id)).toBe(0);
      expect(await world.orphans()).toEqual([]);
    });

    it('release their key', async () => {
      const { id } = await world.create(ada, images, { idempotencyKey: 'monday' });
      await world.jobs.cancel(ada, id);
      await world.jobs.delete(ada, id);
      expect((await world.create(ada, images, { idempotencyKey: 'monday' })).id).not.toBe(id);
    });
  });

  describe('that are cancelled', () => {
    it('before they started, never start', async () => {
      const { id, seq } = await world.create(ada, images);
      const cancelled = await world.jobs.cancel(ada, id);
      expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelledCount: 20, seq: seq + 1 });
      expect(cancelled.finishedAt).not.toBeNull();
      world.run();
      const other = await world.create(ada, images.slice(0, 1));
      await eventually(() => world.compute.calls.length === 1);
      expect((await find(other.id)).status).toBe('PROCESSING');
    });

    it('in the middle, keep their results, stop what runs, and start no more', async () => {
      world.run();
      const { id } = await world.create(ada, images);
      await eventually(() => world.compute.calls.length === 4);
      await world.compute.calls[0]?.succeed();
      await eventually(() => world.compute.calls.length === 5);
      await eventually(async () => (await find(id)).completedCount > 0);
      await world.jobs.cancel(ada, id);
      await eventually(() => world.compute.running.length === 0);
      expect(world.compute.calls.every(({ settled }) => settled)).toBe(true);
      expect(world.compute.calls).toHaveLength(5);
      expect(await find(id)).toMatchObject({
        status: 'CANCELLED',
        completedCount: 1,
        cancelledCount: 19,
        progress: 1,
      });
      expect((await statuses(id)).toSorted()).toEqual([...Array(19).fill('CANCELLED'), 'COMPLETED']);
    });

    it('leave no file of an item whose result came too late', async () => {
      const { id, call } = await cancelledTooLate();
      await call?.succeed();
      await world.runner?.close(60_000);
      expect(await world.orphans()).toEqual([]);
      expect(await statuses(id)).toEqual(['CANCELLED']);
    });

    it('stay cancelled when cancelled again; ended jobs cannot be cancelled', async () => {
      world.compute.onCall = (call) => call.succeed();
      const { id } = await world.create(ada, images);
      const { seq } = await world.jobs.cancel(ada, id);
      expect((await world.jobs.cancel(ada, id)).seq).toBe(seq);
      world.run();
      const done = await world.create(ada, images.slice(0, 1));
      await world.ended(done.id);
      await expect(world.jobs.cancel(ada, done.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });

  describe('that are retried', () => {
    it('run their failed and cancelled items again, and keep the finished ones', async () => {
      world.run();
      world.compute.onCall = (call) => (world.compute.calls.length % 2 ? call.refuse() : call.succeed());
      const { id } = await world.create(ada, images.slice(0, 4), { workers: 1 });
      await world.ended(id);
      const before = await find(id);
      expect(before).toMatchObject({ status: 'COMPLETED', completedCount: 2, failedCount: 2 });
      const kept = (await world.items(id)).flatMap(({ result }) => result?.id ?? []);

      world.compute.onCall = (call) => call.succeed();
      const retried = await world.jobs.retry(ada, id);
      expect(retried).toMatchObject({ failedCount: 0, finishedAt: null, durationMs: null });
      expect(retried.seq).toBeGreaterThan(before.seq);
      await world.ended(id);
      expect(await find(id)).toMatchObject({ status: 'COMPLETED', completedCount: 4, failedCount: 0 });
      const items = await world.items(id);
      expect(items.flatMap(({ result }) => result?.id ?? [])).toEqual(expect.arrayContaining(kept));
      expect(items.map(({ attempts }) => attempts)).toEqual([2, 1, 2, 1]);
      expect(items.every(({ error }) => error === null)).toBe(true);
      expect(world.compute.calls).toHaveLength(6);
    });

    it('right after their cancellation, run each item once', async () => {
      world.run();
      const { id } = await world.create(ada, images);
      await eventually(() => world.compute.calls.length === 4);
      await world.jobs.cancel(ada, id);
      await world.jobs.retry(ada, id);
      world.compute.onCall = (call) => call.succeed();
      for (const call of world.compute.running) await call.succeed();
      await world.ended(id);
      expect(await find(id)).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
      await world.runner?.close(60_000);
      expect(await world.orphans()).toEqual([]);
      expect(await (await world.images.list(ada, { first: 1 })).totalCount).toBe(40);
    });

    it('are run by the entries of the last round only', async () => {
      const { id } = await world.create(ada, images);
      await world.jobs.cancel(ada, id);
      await world.jobs.retry(ada, id);
      world.compute.onCall = (call) => call.succeed();
      world.run();
      await world.ended(id);
      expect((await world.items(id)).map(({ attempts }) => attempts)).toEqual(Array(20).fill(1));
      expect(world.compute.calls).toHaveLength(20);
    });

    it('change nothing without failed items or while queued; are rejected while they run', async () => {
      const { id } = await world.create(ada, images.slice(0, 2));
      const waiting = await find(id);
      expect((await world.jobs.retry(ada, id)).seq).toBe(waiting.seq);
      world.run();
      await eventually(() => world.compute.calls.length === 2);
      await expect(world.jobs.retry(ada, id)).rejects.toMatchObject({ code: 'CONFLICT' });
      for (const call of world.compute.running) await call.succeed();
      await world.ended(id);
      const done = await find(id);
      expect(await world.jobs.retry(ada, id)).toMatchObject({ status: 'COMPLETED', seq: done.seq });
    });
  });
});
