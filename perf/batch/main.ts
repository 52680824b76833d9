/**
 * A batch job of 200 photo-like JPEGs (1920x1080, standard pipeline, SHARP) beside the same work without a server: the
 * engine and bare sharp with several numbers of images in flight. Then the time until a job starts, the time to accept
 * a thousand images, and the memory of the server.
 *
 *   npm run perf batch [rounds]
 *
 * Fewer than three rounds: a brief look, with 60 images and fewer jobs.
 * All alternate in each round, so that other load on the machine affects them alike.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { availableProcessors } from '../../src/execution/machine/cpu-quota.js';
import type { GraphQLClient } from '../../tests/support/clients/graphql-client.js';
import { cpuTicksOf, descendantsOf } from '../../tests/support/servers/processes.js';
import { ServerProcess } from '../../tests/support/servers/server-process.js';
import { type Arrangement, BareRun } from '../bare/bare.js';
import { effortOf } from '../effort.js';
import { idleShare } from '../idle.js';
import { median, ratios, withSpread } from '../ratio.js';
import { STANDARD_INPUT } from '../standard-input.js';

const { rounds: ROUNDS, warmUps: WARM_UPS, isBrief, words } = effortOf(5, 3);
const IMAGES = isBrief ? 60 : 200;
/** Jobs whose start is timed. */
const STARTS = isBrief ? 10 : 30;
/** Jobs of a thousand items that are accepted. */
const ACCEPTS = isBrief ? 3 : 10;
/** Jobs after the first over which memory is watched. */
const MORE_JOBS = isBrief ? 3 : 10;
const CORES = availableProcessors();
/** On Linux. */
const TICK_MS = 10;
const PHOTOS = 10;

const CREATE = 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }';
const JOB = 'query ($id: ID!) { job(id: $id) { status completedCount startedAt durationMs } }';

const server = await ServerProcess.start({ LOG_LEVEL: 'warn' });
const client = server.client();
await client.register();
const photos = await Promise.all(Array.from({ length: PHOTOS }, (_, seed) => photoLikeJpeg(seed)));
const imageIds = await uploadAll(client);

await throughput();
const starts: number[] = [];
for (let i = 0; i < STARTS; i++) {
  const before = Date.now();
  const id = await create(client, imageIds.slice(0, 1));
  await untilEnded(client, id);
  const { startedAt } = (await client.get(JOB, { id })).job;
  starts.push(Date.parse(startedAt) - before);
}
console.log(`From mutation to first item started: p50 ${median(starts)} ms, max ${Math.max(...starts)} ms`);

const thousand = Array.from({ length: 1_000 }, (_, i) => imageIds[i % IMAGES] as string);
const accepts: number[] = [];
for (let i = 0; i < ACCEPTS; i++) {
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
  const server = await ServerProcess.start({ LOG_LEVEL: 'warn', NODE_OPTIONS });
  const client = server.client();
  await client.register();
  const ids = await uploadAll(client);
  const sizes: string[] = [];
  for (let i = 0; i <= MORE_JOBS; i++) {
    await runJob(client, ids);
    const [host = 0] = await descendantsOf(server.pid);
    sizes.push(`${await residentMb(server.pid)}+${await residentMb(host)}`);
  }
  console.log(`Memory after the first and ${MORE_JOBS} more jobs, server+host in MB: ${sizes.join(' ')}`);
  await server.dispose();
}

async function throughput(): Promise<void> {
  const folder = join(server.folder, 'bare');
  await mkdir(folder);
  const files = imageIds.map((id) => join(server.folder, 'media', 'images', id));
  const arrangements: Arrangement[] = [
    { model: 'ASYNC', engine: 'SHARP', inFlight: 2 * CORES },
    { model: 'ASYNC', engine: 'SHARP', inFlight: 4 * CORES },
    { model: 'THREADS', engine: 'SHARP', inFlight: 2 * CORES },
    { model: 'PROCESSES', engine: 'SHARP', inFlight: 2 * CORES },
    { model: 'SHARP_BY_HAND', engine: 'SHARP', inFlight: 2 * CORES },
  ];
  const runs = new Map<string, () => Promise<number>>();
  const stops: (() => void)[] = [];
  for (const arrangement of arrangements) {
    const bare = await BareRun.start({ arrangement, files, folder });
    runs.set(`${arrangement.model}, ${arrangement.inFlight} in flight`, () => bare.run());
    stops.push(() => bare.stop());
  }
  const samples = new Map<string, number[]>([...runs.keys()].map((name) => [name, []]));
  const jobs: number[] = [];
  const idles: number[] = [];
  const apiMs: number[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (const [name, run] of runs) {
      const ms = await run();
      if (round >= 0) samples.get(name)?.push(ms);
    }
    const ticks = await cpuTicksOf([server.pid]);
    const { result, idle } = await idleShare(() => runJob(client, imageIds));
    if (round < 0) continue;
    jobs.push(result);
    idles.push(100 * idle);
    apiMs.push((((await cpuTicksOf([server.pid])) - ticks) * TICK_MS) / IMAGES);
  }
  for (const stop of stops) stop();
  console.log(`Medians: ${words}; ${IMAGES} images, ${CORES} processors.\n`);
  console.log('| | ms an image | throughput of the job, this = 1 |\n|---|---:|---:|');
  for (const [name, all] of samples) {
    console.log(`| ${name} | ${(median(all) / IMAGES).toFixed(2)} | ${withSpread(ratios(all, jobs))} |`);
  }
  console.log(`| batch job | ${(median(jobs) / IMAGES).toFixed(2)} | 1.00 |\n`);
  const engine = [...samples].filter(([name]) => !name.startsWith('SHARP_BY_HAND')).map(([, all]) => all);
  const best = jobs.map((_, round) => Math.min(...engine.map((all) => all[round] ?? Number.NaN)));
  console.log(
    `The job has ${withSpread(ratios(best, jobs))} of the best arrangement of the engine in each round.`,
  );
  console.log(`Processors idle during the job: ${withSpread(idles, 1)} %`);
  console.log(`Processor time of the API process: ${withSpread(apiMs, 1)} ms an image\n`);
}

async function uploadAll(client: GraphQLClient): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < IMAGES; i++) {
    ids.push((await client.upload(photos[i % PHOTOS] as Uint8Array, `photo ${i}.jpg`)).id);
  }
  return ids;
}

async function create(client: GraphQLClient, imageIds: readonly string[]): Promise<string> {
  const input = { imageIds, operations: STANDARD_INPUT };
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
