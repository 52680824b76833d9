import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { endedJob, expectWholeFiles } from '../../support/checks/crash-checks.js';
import { codeOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { CANCEL, CREATE, createJob, followJob } from '../../support/clients/job-client.js';
import { eventually, readUntil } from '../../support/eventually.js';
import { type DiskSpace, waysToFill } from '../../support/servers/faults/full-disk.js';
import { hold, release } from '../../support/servers/faults/hold.js';
import { damageOf } from '../../support/servers/faults/sqlite-file.js';
import { FAULT_SERVER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const UPLOAD = 'mutation ($file: Upload!) { uploadImage(file: $file) { id url } }';
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }';
const OPERATIONS = [{ resize: { width: 160 } }];

describe.each(waysToFill())('a server for which %s', (_how, makeDisk) => {
  let disk: DiskSpace;
  let server: ServerProcess;
  let client: GraphQLClient;
  let photo: Buffer;
  const images: string[] = [];
  let url: string;
  let stored = 0;

  beforeAll(async () => {
    disk = makeDisk();
    server = await ServerProcess.start({ ...disk.env, WORKERS: '2' });
    client = server.client();
    await client.register();
    photo = Buffer.from(await photoLikeJpeg(1, 320, 240));
    for (let i = 0; i < 4; i++) images.push((await client.upload(photo)).id);
    ({ url } = await client.upload(photo));
    stored = 5;
  });
  afterAll(async () => {
    await server?.dispose();
    disk?.remove();
  });

  const upload = () => client.send(UPLOAD, { file: null }, { 'variables.file': { name: 'a', bytes: photo } });
  const processing = () =>
    client.ask(PROCESS, { input: { imageId: images[0], operations: OPERATIONS, engine: 'SHARP' } });

  /** Operations that need no disk space succeed. */
  async function expectServing(): Promise<void> {
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await client.get('{ me { id } }')).me.id).toBeDefined();
    const download = await fetch(url);
    expect([download.status, (await download.bytes()).length]).toEqual([200, photo.length]);
  }

  /** It succeeds, and failed operations have left nothing. */
  async function expectSteady(): Promise<void> {
    await expectServing();
    await expectWholeFiles(disk.mediaDir(server), client, stored);
  }

  it.each(['BUFFERS', 'IMAGES', 'ROWS'] as const)(
    'refuses uploads, left without room for %s',
    async (need) => {
      await disk.fill(need, server);
      // SQLite still has allocated pages, so some rows may be written.
      let answer = await upload();
      for (; need === 'ROWS' && !answer.errors; answer = await upload()) stored++;
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'SERVER_BUSY',
        retryAfterMs: expect.any(Number),
      });
      await expectSteady();
      await disk.free(server);
      expect((await upload()).errors).toBeUndefined();
      stored++;
    },
  );

  it('is not ready as long as it lasts', async () => {
    const ready = async () => (await fetch(`${server.url}/ready`)).status;
    await disk.fill('IMAGES', server);
    await eventually(async () => (await ready()) === 503);
    await disk.free(server);
    await eventually(async () => (await ready()) === 200);
  });

  it('refuses to process without disk space for the result', async () => {
    await disk.fill('RESULTS', server);
    expect(codeOf(await processing())).toBe('SERVER_BUSY');
    await expectSteady();
    await disk.free(server);
    expect((await processing()).errors).toBeUndefined();
    stored++;
  });

  it('has a job wait for room for its results, and ends it', async () => {
    await disk.fill('RESULTS', server);
    const many = Array.from({ length: 20 }, (_, i) => images[i % images.length] as string);
    const { id } = await createJob(client, many);
    const refused = async () =>
      /nogil_bench_image_operations_total.*GRAYSCALE.*SERVER_BUSY/.test(await metrics(server));
    await eventually(refused);
    await expectServing();
    // Each failed attempt removes its file. Others write at the same time, so only the present files must disappear.
    const incoming = () => readdir(`${disk.mediaDir(server)}/.incoming`);
    const partial = new Set(await incoming());
    await eventually(async () => !(await incoming()).some((name) => partial.has(name)));
    await disk.free(server);
    expect(await endedJob(client, id)).toMatchObject({ status: 'COMPLETED', completedCount: 20 });
    stored += 20;
    await expectWholeFiles(disk.mediaDir(server), client, stored);
  });

  it('keeps its database sound without room for rows, and ends the job that it has accepted', async () => {
    const some = Array.from({ length: 40 }, (_, i) => images[i % images.length] as string);
    await server.end();
    await server.start({}, FAULT_SERVER);
    client = Object.assign(server.client(), { token: client.token });
    // The other images are computed once the disk is full.
    await hold(server.folder, 'IMAGES', 5);
    const { id } = await createJob(client, some);
    for await (const { completedCount } of followJob(client, id)) if (completedCount >= 5) break;
    const start = server.output.length;
    await disk.fill('ROWS', server);
    await expectRefusals(client, images);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await client.get('{ me { id } }')).me.id).toBeDefined();
    await release(server.folder, 'IMAGES');
    await eventually(() => server.output.slice(start).includes('unexpected error in background work'));
    await disk.free(server);
    for (const job of await openJobs(client)) await client.ask(CANCEL, { id: job });
    expect(await endedJob(client, id)).toMatchObject({ status: 'COMPLETED', completedCount: 40 });
    await eventually(async () => (await openJobs(client)).length === 0);
  });

  it('has a file for every row, and no other, when all is over', async () => {
    expect(await server.end()).toBe(0);
    expect(damageOf(disk.databaseFile(server))).toEqual([]);
    await server.start(disk.env);
    const again = Object.assign(server.client(), { token: client.token });
    const { images } = await again.get('{ images { totalCount } }');
    expect(await readdir(`${disk.mediaDir(server)}/images`)).toHaveLength(images.totalCount);
    await expectWholeFiles(disk.mediaDir(server), again, images.totalCount);
  });
});

const metrics = async (server: ServerProcess) => (await fetch(`${server.url}/metrics`)).text();

/** Writes rows until the allocated pages of the database are full. */
async function expectRefusals(client: GraphQLClient, images: readonly string[]): Promise<void> {
  const imageIds = Array.from({ length: 1000 }, (_, i) => images[i % images.length]);
  const input = { imageIds, operations: [{ grayscale: true }] };
  const refusal = await readUntil(
    async () => {
      const created = await client.ask(CREATE, { input });
      return created.errors ? created : client.ask(CANCEL, { id: created.data.createBatchJob.id });
    },
    ({ errors }) => errors !== undefined,
  );
  expect(codeOf(refusal)).toBe('SERVER_BUSY');
}

/** Jobs of a thousand items that have not ended. */
async function openJobs(client: GraphQLClient): Promise<string[]> {
  const { jobs } = await client.get('{ jobs(first: 100) { edges { node { id status totalCount } } } }');
  const open = jobs.edges.filter(
    ({ node }: { node: { status: string; totalCount: number } }) =>
      node.totalCount === 1000 && ['QUEUED', 'PROCESSING'].includes(node.status),
  );
  return open.map(({ node }: { node: { id: string } }) => node.id);
}
