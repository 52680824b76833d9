/**
 * Effect of one user's thousand images on another user: times of one image and of a job of ten, alone and beside that
 * job; then the time until the processors are idle after the job is cancelled. Fails if one takes more than twice its
 * time.
 *
 *   npm run perf fairness [rounds]
 */
import { setTimeout as delay } from 'node:timers/promises';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { allEvents, CANCEL, createJob, followJob } from '../tests/support/clients/job-client.js';
import { cpuTicksOf, descendantsOf } from '../tests/support/servers/processes.js';
import { ServerProcess } from '../tests/support/servers/server-process.js';
import { STANDARD_INPUT } from './standard-input.js';

const ROUNDS = Number(process.argv[2] ?? 10);
const MOST = 2;
const WORKERS = 2;
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }';

const server = await ServerProcess.start({ WORKERS: String(WORKERS), LOG_LEVEL: 'warn' });
try {
  const photo = await photoLikeJpeg(1);
  const [guest, imageId] = await newUser(photo);
  const [host, hostImage] = await newUser(photo);
  const work = { operations: STANDARD_INPUT, engine: 'SHARP' };
  const ways: Record<string, () => Promise<unknown>> = {
    'one image': () => guest.get(PROCESS, { input: { imageId, ...work } }),
    'a job of ten': async () => {
      const { id } = await createJob(guest, Array(10).fill(imageId), { ...work, workers: WORKERS });
      return allEvents(followJob(guest, id));
    },
  };
  const alone = await timesOf(ways);
  const thousand = Array(1_000).fill(hostImage);
  const { id } = await createJob(host, thousand, { ...work, workers: WORKERS });
  await untilBegun(host, id);
  const beside = await timesOf(ways);

  console.log('| what | alone, ms | beside a thousand images, ms | ratio |\n|---|---:|---:|---:|');
  for (const name of Object.keys(ways)) {
    const [before, after] = [alone.get(name) ?? Number.NaN, beside.get(name) ?? Number.NaN];
    console.log(`| ${name} | ${before.toFixed(0)} | ${after.toFixed(0)} | ${(after / before).toFixed(2)} |`);
    if (!(after / before <= MOST)) process.exitCode = 1;
  }
  console.log(`\nFrom cancelling it to the last work of its processes: ${await cancel(host, id)} ms`);
} finally {
  await server.dispose();
}

async function newUser(photo: Uint8Array): Promise<[GraphQLClient, string]> {
  const client = server.client();
  await client.register();
  return [client, (await client.upload(photo)).id];
}

/** Median milliseconds of each. */
async function timesOf(ways: Record<string, () => Promise<unknown>>): Promise<Map<string, number>> {
  const medians = new Map<string, number>();
  for (const [name, run] of Object.entries(ways)) {
    await run();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    }
    medians.set(name, times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN);
  }
  return medians;
}

async function untilBegun(client: GraphQLClient, id: string): Promise<void> {
  for await (const { completedCount } of followJob(client, id)) if (completedCount > 0) return;
}

/** Milliseconds from the cancellation until the compute host and its children use no processor time. */
async function cancel(client: GraphQLClient, id: string): Promise<string> {
  const start = performance.now();
  await client.get(CANCEL, { id });
  let last = start;
  for (let before = -1; performance.now() - last < 500; await delay(10)) {
    const ticks = await cpuTicksOf(await descendantsOf(server.pid));
    if (ticks !== before) last = performance.now();
    before = ticks;
  }
  return (last - start).toFixed(0);
}
