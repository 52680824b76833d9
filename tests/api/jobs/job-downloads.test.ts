import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { ComputeOptions, ComputeRequest, ComputeResult } from '../../../src/execution/compute.js';
import { cancelled } from '../../../src/execution/workers/worker-lost.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  allEvents,
  createJob,
  followJob,
  readJob,
  uploadPictures,
} from '../../support/clients/job-client.js';
import { eventually, readUntil } from '../../support/eventually.js';
import { InProcessCompute } from '../../support/fakes/in-process-compute.js';
import { unzip } from '../../support/images/unzip.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

/** Computes the first images and blocks the others. */
class Hesitant extends InProcessCompute {
  left = Number.POSITIVE_INFINITY;

  override async process(request: ComputeRequest, options: ComputeOptions = {}): Promise<ComputeResult> {
    if (--this.left < 0) {
      await new Promise((_resolve, reject) =>
        options.signal?.addEventListener('abort', () => reject(cancelled())),
      );
    }
    return super.process(request);
  }
}

describe('the results of a batch job as a zip', () => {
  let app: TestApp;
  let compute: Hesitant;
  let ada: GraphQLClient;
  let images: string[];

  beforeAll(async () => {
    app = await startTestApp(
      { workers: 2 },
      {
        startCompute: async ({ imaging }, _logger, storage) => {
          compute = new Hesitant(storage, imaging);
          return compute;
        },
      },
    );
    ada = await app.signedIn();
    images = await uploadPictures(ada, 4);
  });
  afterAll(() => app.close());

  /** A finished job of images with difficult names, one of which failed. */
  async function finished() {
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const ids: string[] = [];
    for (const name of ['../../a.png', 'a.png', 'A.PNG', 'con.png', 'manifest.json']) {
      ids.push((await ada.upload(bytes, name)).id);
    }
    const gone = (await ada.upload(bytes, 'gone')).id;
    compute.left = 0;
    const { id } = await createJob(ada, [...ids, gone], { operations: [{ convert: { format: 'JPEG' } }] });
    // Its first images are being computed, and block.
    await eventually(() => compute.left < 0);
    await ada.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id: gone });
    compute.left = Number.POSITIVE_INFINITY;
    await ada.get('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
    await ada.get('mutation ($id: ID!) { retryJob(id: $id) { id } }', { id });
    await allEvents(followJob(ada, id));
    return readJob(ada, id);
  }
  const download = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    return { response, body: new Uint8Array(await response.arrayBuffer()) };
  };

  it('has every image under a safe unique name, and a manifest of every item', async () => {
    const job = await finished();
    expect(job).toMatchObject({ status: 'COMPLETED', completedCount: 5, failedCount: 1 });
    const { response, body } = await download(job.resultUrl);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename=job-${job.id}.zip`,
      'cache-control': expect.stringContaining('no-store'),
      'x-content-type-options': 'nosniff',
    });
    const files = await unzip(body);
    const manifest = JSON.parse(String(files.get('manifest.json')));
    files.delete('manifest.json');
    expect(files.size).toBe(5);
    expect(new Set([...files.keys()].map((name) => name.toLowerCase())).size).toBe(5);
    for (const [name, bytes] of files) {
      expect(name).toMatch(/^[^/\\]+\.jpg$/);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 9, height: 9 });
    }
    expect(manifest.job).toMatchObject({ id: job.id, status: 'COMPLETED', durationMs: job.durationMs });
    expect(manifest.operations).toEqual([{ kind: 'CONVERT', params: { format: 'JPEG' } }]);
    expect(manifest.items.map(({ position }: { position: number }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const [i, item] of manifest.items.slice(0, 5).entries()) {
      expect(files.has(item.file)).toBe(true);
      expect(item).toMatchObject({
        status: 'COMPLETED',
        attempts: expect.any(Number),
        durationMs: expect.any(Number),
        error: null,
        source: { id: job.items[i].image.id, format: 'PNG' },
        result: { id: job.items[i].result.id, format: 'JPEG', width: 9, height: 9 },
      });
    }
    expect(manifest.items[5]).toMatchObject({
      status: 'FAILED',
      error: { code: 'NOT_FOUND' },
      source: null,
      file: null,
    });
  });

  it('has the results so far while the job runs', async () => {
    compute.left = 2;
    const { id, resultUrl } = await createJob(ada, images);
    expect(resultUrl).toBeNull();
    for await (const { completedCount } of followJob(ada, id)) if (completedCount === 2) break;
    const running = await readUntil(
      () => readJob(ada, id),
      ({ items }) => items.filter(({ status }: { status: string }) => status === 'PROCESSING').length === 2,
    );
    expect(running.status).toBe('PROCESSING');
    const files = await unzip((await download(running.resultUrl)).body);
    expect(files.size).toBe(3);
    const { items } = JSON.parse(String(files.get('manifest.json')));
    expect(items.map(({ status }: { status: string }) => status).toSorted()).toEqual([
      'COMPLETED',
      'COMPLETED',
      'PROCESSING',
      'PROCESSING',
    ]);
    await ada.get('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
    expect((await readJob(ada, id)).resultUrl).not.toBeNull();
  });

  it("needs the signed link or the owner's token", async () => {
    compute.left = Number.POSITIVE_INFINITY;
    const { id } = await createJob(ada, images);
    await allEvents(followJob(ada, id));
    const { resultUrl } = await readJob(ada, id);
    const path = `${app.url}/media/jobs/${id}.zip`;
    const status = async (url: string, client = app.client()) =>
      (await download(url, { headers: client.authorization() })).response.status;
    expect(await status(resultUrl)).toBe(200);
    expect(await status(path, ada)).toBe(200);
    expect(await status(path, await app.signedIn())).toBe(403);
    expect(await status(path)).toBe(401);
    expect(await status(`${app.url}/media/jobs/${crypto.randomUUID()}.zip`, ada)).toBe(404);
    const { search } = new URL(resultUrl);
    const other = await createJob(ada, images);
    expect(await status(`${app.url}/media/jobs/${other.id}.zip${search}`)).toBe(403);
    const head = await download(resultUrl, { method: 'HEAD' });
    expect([head.response.status, head.body.length]).toEqual([200, 0]);
  });
});
