import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { endedJob, expectSound } from '../../support/checks/crash-checks.js';
import { codeOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { CREATE, createJob, followJob } from '../../support/clients/job-client.js';
import { eventually } from '../../support/eventually.js';
import { damageOf, lockFile } from '../../support/servers/faults/sqlite-file.js';
import { PostgresServer } from '../../support/servers/postgres-server.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const UPLOAD = 'mutation ($file: Upload!) { uploadImage(file: $file) { id } }';
const ITEMS = 60;

let server: ServerProcess;
let client: GraphQLClient;
let images: string[];
afterEach(() => server?.dispose());

async function start(env: Record<string, string>): Promise<void> {
  server = await ServerProcess.start({ WORKERS: '2', ...env });
  client = server.client();
  await client.register();
  images = [];
  for (let seed = 0; seed < 3; seed++)
    images.push((await client.upload(await photoLikeJpeg(seed, 320, 240))).id);
}

const status = async (path: string) => (await fetch(server.url + path)).status;

/** A job that has started and has most of its items pending. */
async function begunJob(): Promise<string> {
  const { id } = await createJob(
    client,
    Array.from({ length: ITEMS }, (_, i) => images[i % 3] as string),
  );
  for await (const { completedCount } of followJob(client, id)) if (completedCount > 0) break;
  return id;
}

it('SQLite, locked by another program for a second, is waited for, and the server does not stand still', async () => {
  await start({});
  const file = join(server.folder, 'data', 'nogil-bench.db');
  const first = await begunJob();
  const unlock = lockFile(file);
  const creating = createJob(client, images);
  const alive = async () => {
    for (let i = 0; i < 10; i++) expect(await status('/health')).toBe(200);
  };
  // The server waits five seconds for a lock: this one ends after one, however slow the other requests are.
  await Promise.all([delay(1_000).then(unlock), alive()]);
  const jobs = [first, (await creating).id];
  await expectSound(server, client, images.length, jobs);
  expect(damageOf(file)).toEqual([]);
});

it('reports a locked SQLite database to clients; accepted jobs end when it is unlocked', async () => {
  await start({});
  const file = join(server.folder, 'data', 'nogil-bench.db');
  const job = await begunJob();
  const unlock = lockFile(file);
  const input = { imageIds: images, operations: [{ grayscale: true }] };
  expect((await client.ask(CREATE, { input })).errors?.[0]?.extensions).toMatchObject({
    code: 'SERVER_BUSY',
    retryAfterMs: expect.any(Number),
  });
  unlock();
  await expectSound(server, client, images.length, [job]);
});

it('reports a stopped PostgreSQL to clients; accepted jobs end when it is back', async () => {
  const postgres = await PostgresServer.start();
  try {
    await start({ DATABASE_URL: postgres.url });
    const job = await begunJob();
    postgres.stop();
    const bytes = await photoLikeJpeg(9, 320, 240);
    const answers = [
      await client.ask('{ images { totalCount } }'),
      await client.ask(CREATE, { input: { imageIds: images, operations: [{ grayscale: true }] } }),
      await client.send(UPLOAD, { file: null }, { 'variables.file': { name: 'a', bytes } }),
    ];
    expect(answers.map(codeOf)).toEqual(['SERVER_BUSY', 'SERVER_BUSY', 'SERVER_BUSY']);
    expect(await status('/health')).toBe(200);
    await eventually(async () => (await status('/ready')) === 503);
    await postgres.start();
    await eventually(async () => (await status('/ready')) === 200);
    expect(await endedJob(client, job)).toMatchObject({ status: 'COMPLETED', completedCount: ITEMS });
    const { totalCount } = (await client.get('{ images { totalCount } }')).images;
    expect(totalCount).toBe(images.length + ITEMS);
    // Files that it was writing may be left, because another process could still write them.
    const files = await readdir(join(server.folder, 'media', 'images'));
    expect(files.length).toBeGreaterThanOrEqual(totalCount);
  } finally {
    await server?.dispose();
    postgres.remove();
  }
});
