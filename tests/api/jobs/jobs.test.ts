import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  allEvents,
  CANCEL,
  CREATE,
  createJob,
  followJob,
  JOB,
  RETRY,
  readJob,
  uploadPictures,
} from '../../support/clients/job-client.js';
import { eventually } from '../../support/eventually.js';
import { ManualCompute } from '../../support/fakes/manual-compute.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

eachDatabase('batch jobs over HTTP', (databases) => {
  let app: TestApp;
  let compute: ManualCompute;
  let ada: GraphQLClient;
  let eve: GraphQLClient;
  let images: string[];

  beforeAll(async () => {
    const startCompute: Parameters<typeof startTestApp>[1] = {
      startCompute: async (_config, _logger, storage) => {
        compute = new ManualCompute(storage);
        return compute;
      },
    };
    const config = {
      databaseUrl: await databases.create(),
      maxBatchImages: 30,
      workers: 2,
      imagesInFlight: 2,
    };
    app = await startTestApp(config, startCompute);
    [ada, eve] = await Promise.all([app.signedIn(), app.signedIn()]);
    images = await uploadPictures(ada, 12);
  });
  afterAll(() => app.close());
  afterEach(() => {
    compute.onCall = () => undefined;
    compute.calls.length = 0;
  });

  it('return at once and report their progress', async () => {
    const job = await createJob(ada, images, { workers: 3, pool: 'PROCESSES' });
    expect(job).toMatchObject({
      status: 'QUEUED',
      pool: 'PROCESSES',
      engine: 'SHARP',
      workers: 3,
      totalCount: 12,
      completedCount: 0,
      failedCount: 0,
      progress: 0,
      resultUrl: null,
      startedAt: null,
      finishedAt: null,
      durationMs: null,
      operations: [{ kind: 'GRAYSCALE', params: {} }],
    });
    await eventually(() => compute.running.length === 4);
    compute.calls[0]?.refuse();
    compute.onCall = (call) => call.succeed();
    for (const call of compute.running) await call.succeed();
    await allEvents(followJob(ada, job.id));

    const done = await readJob(ada, job.id);
    expect(done).toMatchObject({ status: 'COMPLETED', completedCount: 11, failedCount: 1, progress: 1 });
    expect(done.durationMs).toBe(Date.parse(done.finishedAt) - Date.parse(done.startedAt));
    expect(done.items).toHaveLength(12);
    expect(done.items[0]).toEqual({
      position: 0,
      status: 'FAILED',
      attempts: 1,
      durationMs: null,
      error: { code: 'UNSUPPORTED_MEDIA', message: 'Not an image' },
      image: { id: images[0] },
      result: null,
    });
    expect(done.items[1]).toEqual({
      position: 1,
      status: 'COMPLETED',
      attempts: 1,
      durationMs: 5,
      error: null,
      image: { id: images[1] },
      result: { id: expect.any(String), source: { id: images[1] } },
    });
  });

  it('return their items page by page, each once', async () => {
    const { id } = await createJob(ada, images);
    const PAGE = `query ($id: ID!, $first: Int!, $after: String) { job(id: $id) {
      items(first: $first, after: $after) {
        totalCount edges { cursor node { position } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    } }`;
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const { items } = (await ada.get(PAGE, { id, first: 5, after })).job;
      expect(items.totalCount).toBe(12);
      expect(items.pageInfo).toMatchObject({
        hasPreviousPage: after !== undefined,
        startCursor: items.edges[0].cursor,
        endCursor: items.edges.at(-1).cursor,
      });
      seen.push(...items.edges.map(({ node }: { node: { position: number } }) => node.position));
      after = items.pageInfo.hasNextPage ? items.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i));

    for (const wrong of [
      { first: 0 },
      { first: 101 },
      { first: 5, after: 'bm8=' },
      { first: 5, after: 'WyJ4Il0=' },
      { first: 5, after: btoa('[3000000000]') },
      { first: 5, after: btoa('[-1]') },
    ]) {
      expect(['BAD_USER_INPUT', 'LIMIT_EXCEEDED']).toContain(await ada.codeOf(PAGE, { id, ...wrong }));
    }
    await ada.get(CANCEL, { id });
  });

  it('show null for images and results that have been deleted', async () => {
    compute.onCall = (call) => call.succeed();
    const own = await uploadPictures(ada, 2);
    const { id } = await createJob(ada, own);
    await allEvents(followJob(ada, id));
    const { items } = await readJob(ada, id);
    for (const image of [own[0], items[1].result.id]) {
      await ada.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id: image });
    }
    const after = (await readJob(ada, id)).items;
    expect(after[0]).toMatchObject({ image: null, result: { source: null }, status: 'COMPLETED' });
    expect(after[1]).toMatchObject({ image: { id: own[1] }, result: null, status: 'COMPLETED' });
  });

  it('are cancelled and retried by their owner, once', async () => {
    const { id } = await createJob(ada, images);
    await eventually(() => compute.running.length === 4);
    expect(await ada.codeOf(RETRY, { id })).toBe('CONFLICT');
    expect((await ada.get(CANCEL, { id })).cancelJob).toMatchObject({
      status: 'CANCELLED',
      cancelledCount: 12,
    });
    expect((await ada.get(CANCEL, { id })).cancelJob.status).toBe('CANCELLED');
    await eventually(() => compute.running.length === 0);
    compute.onCall = (call) => call.succeed();
    expect((await ada.get(RETRY, { id })).retryJob).toMatchObject({ cancelledCount: 0, finishedAt: null });
    await allEvents(followJob(ada, id));
    expect(await readJob(ada, id)).toMatchObject({ status: 'COMPLETED', completedCount: 12 });
    expect((await ada.get(RETRY, { id })).retryJob.status).toBe('COMPLETED');
    expect(await ada.codeOf(CANCEL, { id })).toBe('CONFLICT');
  });

  it('are deleted once they have ended; their results stay, and links to their zip return 404', async () => {
    const DELETE = 'mutation ($id: ID!) { deleteJob(id: $id) }';
    compute.onCall = (call) => call.succeed();
    const { id } = await createJob(ada, images);
    await allEvents(followJob(ada, id));
    const { resultUrl, items } = await readJob(ada, id);
    expect(await eve.codeOf(DELETE, { id })).toBe('FORBIDDEN');
    expect(await ada.get(DELETE, { id })).toEqual({ deleteJob: id });
    expect(await ada.codeOf(DELETE, { id })).toBe('NOT_FOUND');
    expect(await ada.codeOf(JOB, { id })).toBe('NOT_FOUND');
    expect((await fetch(resultUrl)).status).toBe(404);
    await expect(followJob(ada, id).next()).rejects.toThrow('NOT_FOUND');
    const { image } = await ada.get('query ($id: ID!) { image(id: $id) { id } }', items[0].result);
    expect(image.id).toBe(items[0].result.id);
  });

  it('are visible to their owner only', async () => {
    const { id } = await createJob(ada, images);
    for (const query of [JOB, CANCEL, RETRY]) {
      expect(await eve.codeOf(query, { id })).toBe('FORBIDDEN');
      expect(await app.client().codeOf(query, { id })).toBe('UNAUTHENTICATED');
      expect(await ada.codeOf(query, { id: crypto.randomUUID() })).toBe('NOT_FOUND');
    }
    const input = {
      imageIds: [...(await uploadPictures(eve, 1)), images[0]],
      operations: [{ grayscale: true }],
    };
    expect(await eve.codeOf(CREATE, { input })).toBe('FORBIDDEN');
    expect(await app.client().codeOf(CREATE, { input })).toBe('UNAUTHENTICATED');
    expect((await eve.get('{ jobs { totalCount } }')).jobs.totalCount).toBe(0);
    await ada.get(CANCEL, { id });
  });

  it('are listed page by page, filtered by status', async () => {
    const LIST = `query ($status: JobStatus, $after: String) {
      jobs(first: 2, status: $status, after: $after) { totalCount edges { node { id status } } pageInfo { hasNextPage endCursor } }
    }`;
    const { jobs } = await ada.get(LIST);
    expect(jobs.totalCount).toBeGreaterThan(3);
    expect(jobs.pageInfo.hasNextPage).toBe(true);
    const cancelled = (await ada.get(LIST, { status: 'CANCELLED' })).jobs;
    expect(cancelled.totalCount).toBe(2);
    for (const { node } of cancelled.edges) expect(node.status).toBe('CANCELLED');
    expect((await ada.get(LIST, { status: 'FAILED' })).jobs.totalCount).toBe(0);
  });

  it.each([
    ['a parameter out of range', { operations: [{ blur: { sigma: -1 } }] }, /operations\[0\]\.blur\.sigma/],
    ['no images', { imageIds: [] }, /input\.imageIds/],
    ['no workers', { workers: 0 }, /input\.workers/],
    ['an empty key', { idempotencyKey: '' }, /input\.idempotencyKey/],
  ])('are rejected with %s', async (_what, changes, message) => {
    const input = { imageIds: images, operations: [{ grayscale: true }], ...changes };
    const { errors } = await ada.ask(CREATE, { input });
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringMatching(message),
    });
  });

  it('are created once under one key, also by concurrent requests', async () => {
    const input = { imageIds: images, operations: [{ grayscale: true }], idempotencyKey: 'twice' };
    const answers = await Promise.all([1, 2, 3].map(() => ada.get(CREATE, { input })));
    expect(new Set(answers.map(({ createBatchJob }) => createBatchJob.id)).size).toBe(1);
    expect(await ada.codeOf(CREATE, { input: { ...input, engine: 'JIMP' } })).toBe('CONFLICT');
    await ada.get(CANCEL, { id: answers[0].createBatchJob.id });
  });
});
