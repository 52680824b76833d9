/**
 * A batch job of 200 photo-like JPEGs (1920x1080, standard pipeline, SHARP, two workers) beside the same work done
 * bare: a loop that reads, computes two at a time and writes. Then the time until a job starts, the time to accept a
 * thousand images, and the memory of the server.
 *
 *   npm run perf batch [rounds]
 *
 * Bare loop and job alternate in each round, so that other load on the machine affects both alike.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import { sharp } from '../src/imaging/engines/sharp-library.js';
import { DEFAULT_IMAGING_LIMITS } from '../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../src/imaging/operation.js';
import { processImage } from '../src/imaging/process-image.js';
import type { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { descendantsOf } from '../tests/support/servers/processes.js';
import { ServerProcess } from '../tests/support/servers/server-process.js';
import { STANDARD_INPUT } from './standard-input.js';

const ROUNDS = Number(process.argv[2] ?? 5);
const IMAGES = 200;
const WORKERS = 2;
const PHOTOS = 10;

const CREATE = 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }';
const JOB = 'query ($id: ID!) { job(id: $id) { status completedCount startedAt durationMs } }';

const server = await ServerProcess.start({ WORKERS: String(WORKERS), LOG_LEVEL: 'warn' });
const client = server.client();
await client.register();
const photos = await Promise.all(Array.from({ length: PHOTOS }, (_, seed) => photoLikeJpeg(seed)));
const imageIds = await uploadAll(client);

const folder = join(server.folder, 'bare');
await mkdir(folder);
const bareLoop = (compute: (bytes: Uint8Array) => Promise<Uint8Array>) => async () => {
  const twoAtATime = pLimit(WORKERS);
  const started = performance.now();
  await Promise.all(
    imageIds.map((id) =>
      twoAtATime(async () => {
        const source = await readFile(join(server.folder, 'media', 'images', id));
        await writeFile(join(folder, id), await compute(source));
      }),
    ),
  );
  return performance.now() - started;
};

const overlay = await sharp({ create: { width: 120, height: 20, channels: 4, background: '#ffffff80' } })
  .png()
  .toBuffer();
const ways = {
  'bare loop over the SHARP engine': bareLoop(async (bytes) => {
    const request = {
      engine: 'SHARP',
      operations: STANDARD_PIPELINE,
      limits: DEFAULT_IMAGING_LIMITS,
    } as const;
    return (await processImage(bytes, request)).bytes;
  }),
  'bare loop over sharp, written by hand': bareLoop((bytes) =>
    sharp(bytes)
      .resize(800, 450)
      .blur(2)
      .sharpen()
      .composite([{ input: overlay, gravity: 'southeast' }])
      .jpeg({ quality: 80 })
      .toBuffer(),
  ),
  'batch job': () => runJob(client, imageIds),
};
const samples = new Map<string, number[]>();
for (let round = -1; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(ways)) {
    const ms = await run();
    // The round before the first warms up.
    if (round >= 0) samples.set(name, [...(samples.get(name) ?? []), ms]);
  }
}
console.log(`Throughput, median of ${ROUNDS} rounds of ${IMAGES} images:`);
const job = median(samples.get('batch job') ?? []);
for (const [name, all] of samples) {
  const ms = median(all);
  const range = `${(Math.min(...all) / IMAGES).toFixed(2)} to ${(Math.max(...all) / IMAGES).toFixed(2)}`;
  console.log(
    `  ${name}: ${(ms / IMAGES).toFixed(2)} ms an image (${range}); the job has ${((100 * ms) / job).toFixed(1)} % of it`,
  );
}

const starts: number[] = [];
for (let i = 0; i < 30; i++) {
  const before = Date.now();
  const id = await create(client, imageIds.slice(0, 1));
  await untilEnded(client, id);
  const { startedAt } = (await client.get(JOB, { id })).job;
  starts.push(Date.parse(startedAt) - before);
}
console.log(`From mutation to first item started: p50 ${median(starts)} ms, max ${Math.max(...starts)} ms`);

const thousand = Array.from({ length: 1_000 }, (_, i) => imageIds[i % IMAGES] as string);
const accepts: number[] = [];
for (let i = 0; i < 10; i++) {
  const before = performance.now();
  const id = await create(client, thousand);
  accepts.push(performance.now() - before);
  await client.get('mutation ($id: ID!) { cancelJob(id: $id) { status } }', { id });
}
console.log(
  `1,000 items accepted: p50 ${median(accepts).toFixed(0)} ms, max ${Math.max(...accepts).toFixed(0)} ms`,
);

await server.dispose();
await memory();

/** With a small heap, in which garbage is collected continuously, so that growth means a leak. */
async function memory(): Promise<void> {
  const NODE_OPTIONS = '--max-old-space-size=128';
  const server = await ServerProcess.start({ WORKERS: String(WORKERS), LOG_LEVEL: 'warn', NODE_OPTIONS });
  const client = server.client();
  await client.register();
  const ids = await uploadAll(client);
  const sizes: string[] = [];
  for (let i = 0; i <= 10; i++) {
    await runJob(client, ids);
    const [host = 0] = await descendantsOf(server.pid);
    sizes.push(`${await residentMb(server.pid)}+${await residentMb(host)}`);
  }
  console.log(`Memory after the first and ten more jobs, server+host in MB: ${sizes.join(' ')}`);
  await server.dispose();
}

async function uploadAll(client: GraphQLClient): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < IMAGES; i++) {
    ids.push((await client.upload(photos[i % PHOTOS] as Uint8Array, `photo ${i}.jpg`)).id);
  }
  return ids;
}

async function create(client: GraphQLClient, imageIds: readonly string[]): Promise<string> {
  const input = { imageIds, operations: STANDARD_INPUT, workers: WORKERS };
  return (await client.get(CREATE, { input })).createBatchJob.id;
}

async function runJob(client: GraphQLClient, imageIds: readonly string[]): Promise<number> {
  const started = performance.now();
  await untilEnded(client, await create(client, imageIds));
  return performance.now() - started;
}

/** Resolves with the subscription's end, as a client would wait for it. */
async function untilEnded(client: GraphQLClient, id: string): Promise<void> {
  const query = 'subscription ($id: ID!) { jobProgress(jobId: $id) { status completedCount totalCount } }';
  let last = { status: '', completedCount: 0, totalCount: 1 };
  for await (const { jobProgress } of client.subscribe(query, { id })) last = jobProgress;
  if (last.completedCount !== last.totalCount) throw new Error(`The job is ${JSON.stringify(last)}`);
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
