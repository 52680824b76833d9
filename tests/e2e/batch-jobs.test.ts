import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../support/clients/graphql-client.js';
import {
  CANCEL,
  createJob,
  followJob,
  type ProgressEvent,
  RETRY,
  readJob,
} from '../support/clients/job-client.js';
import { unzip } from '../support/images/unzip.js';
import { hold, release } from '../support/servers/faults/hold.js';
import { FAULT_SERVER } from '../support/servers/programs.js';
import { ServerProcess } from '../support/servers/server-process.js';

const PHOTOS = 200;
const UPLOAD = 'mutation ($files: [Upload!]!) { uploadImages(files: $files) { id } }';
const OPERATIONS = [
  { resize: { width: 80, height: 60 } },
  { blur: { sigma: 1 } },
  { watermark: { text: 'hello' } },
  { convert: { format: 'WEBP' } },
];

describe('two hundred photos through the compiled server', () => {
  let server: ServerProcess;
  let client: GraphQLClient;
  const images: string[] = [];

  beforeAll(async () => {
    const twenty = await Promise.all(Array.from({ length: 20 }, (_, seed) => photoLikeJpeg(seed, 160, 120)));
    server = await ServerProcess.start({ WORKERS: '2' });
    client = server.client();
    await client.register();
    for (let i = 0; i < PHOTOS; i += 20) {
      const files = twenty.map((bytes, j) => [`variables.files.${j}`, { name: `photo ${i + j}.jpg`, bytes }]);
      const variables = { files: twenty.map(() => null) };
      const { data } = await client.send(UPLOAD, variables, Object.fromEntries(files));
      images.push(...data.uploadImages.map(({ id }: { id: string }) => id));
    }
  });
  afterAll(() => server.dispose());

  /** Starts the server again, which computes no more images than this number until `release`. */
  const restartAndHold = async (count: number) => {
    await server.end();
    await server.start({}, FAULT_SERVER);
    client = Object.assign(server.client(), { token: client.token });
    await hold(server.folder, 'IMAGES', count);
  };

  let job: string;

  it('are followed live, each item once, and downloaded as a zip', async () => {
    job = (await createJob(client, images, { operations: OPERATIONS })).id;
    const events: ProgressEvent[] = [];
    for await (const event of followJob(client, job)) events.push(event);
    const positions = events.flatMap(({ items }) => items.map(({ position }) => position));
    expect(positions.toSorted((a, b) => a - b)).toEqual(images.map((_, i) => i));
    expect(events.length).toBeGreaterThan(2);
    expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: PHOTOS, progress: 1 });

    const { resultUrl } = await readJob(client, job);
    const files = await unzip(new Uint8Array(await (await fetch(resultUrl)).arrayBuffer()));
    const manifest = JSON.parse(String(files.get('manifest.json')));
    files.delete('manifest.json');
    expect(files.size).toBe(PHOTOS);
    for (const { position, file, source } of manifest.items) {
      expect(source.id).toBe(images[position]);
      expect(file).toBe(`photo ${position}-80x60.webp`);
      const { width, height, format } = await sharp(files.get(file)).metadata();
      expect([width, height, format]).toEqual([80, 60, 'webp']);
      await sharp(files.get(file)).stats();
    }
  });

  it('are cancelled in the middle and resumed', async () => {
    await restartAndHold(20);
    const { id } = await createJob(client, images, { operations: OPERATIONS, engine: 'SHARP', workers: 1 });
    let last: ProgressEvent | undefined;
    let cancelled = false;
    for await (const event of followJob(client, id)) {
      last = event;
      if (event.completedCount > 0 && !cancelled) {
        cancelled = true;
        await client.get(CANCEL, { id });
      }
    }
    expect(last).toMatchObject({ status: 'CANCELLED', progress: 1 });
    const stopped = await readJob(client, id);
    expect(stopped.completedCount).toBeGreaterThan(0);
    expect(stopped.cancelledCount).toBe(PHOTOS - stopped.completedCount);

    await release(server.folder, 'IMAGES');
    await client.get(RETRY, { id });
    const resumed: ProgressEvent[] = [];
    for await (const event of followJob(client, id)) resumed.push(event);
    expect(resumed[0]?.completedCount).toBeGreaterThanOrEqual(stopped.completedCount);
    expect(resumed.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: PHOTOS, failedCount: 0 });
    // One result for each upload and job, however often it was started.
    expect((await client.get('{ images { totalCount } }')).images.totalCount).toBe(3 * PHOTOS);
  });

  it('continue while one of them is deleted', async () => {
    await restartAndHold(0);
    const { id } = await createJob(client, images, { operations: OPERATIONS, workers: 1 });
    const DELETE = 'mutation ($id: ID!) { deleteImage(id: $id) }';
    await client.get(DELETE, { id: images.at(-1) });
    await release(server.folder, 'IMAGES');
    let last: ProgressEvent | undefined;
    for await (const event of followJob(client, id)) last = event;
    expect(last).toMatchObject({ status: 'COMPLETED', completedCount: PHOTOS - 1, failedCount: 1 });
  });

  it('leave nothing pending when the server is stopped in the middle', async () => {
    const rest = images.slice(0, -1);
    const { id } = await createJob(client, rest, { operations: OPERATIONS, workers: 1 });
    for await (const { completedCount } of followJob(client, id)) if (completedCount > 0) break;
    expect(await server.end('SIGTERM')).toBe(0);
    await server.start();
    const again = Object.assign(server.client(), { token: client.token });
    let last: ProgressEvent | undefined;
    for await (const event of followJob(again, id)) last = event;
    expect(last).toMatchObject({ status: 'COMPLETED', completedCount: rest.length, failedCount: 0 });
  });
});
