/**
 * What more processes bring on PostgreSQL, and where its ceilings are: one worker process against two (one thread each),
 * how soon a job starts on another process, what the queue costs an item, how many notices PostgreSQL takes, what one
 * API answers.
 *
 *   npm run perf:scale [rounds], or 0 rounds for the database alone
 *
 * One and two workers take turns in each round, so that whatever else the machine does falls on both alike.
 */
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { median, quantile } from 'simple-statistics';
import { createExecutor } from '../src/execution/create-executor.js';
import { DEFAULT_IMAGING_LIMITS } from '../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../src/imaging/operation.js';
import { photoLikeJpeg } from '../src/imaging/photo-like.js';
import { Cluster, follow, startJob } from '../tests/support/cluster.js';
import type { GraphQLClient } from '../tests/support/graphql-client.js';
import { PostgresServer } from '../tests/support/postgres-server.js';
import { noticeRates, queueCosts, show } from './scale-postgresql.js';
import { STANDARD_INPUT } from './standard-input.js';

const ROUNDS = Number(process.argv[2] ?? 3);
/** As many as one worker has some twenty seconds of work with. */
const IMAGES = { SHARP: 480, JIMP: 96 } as const;
type Engine = keyof typeof IMAGES;

/** A cluster of one API and some workers, and a user of it with pictures. */
interface Member {
  cluster: Cluster;
  client: GraphQLClient;
  ids: string[];
}

// As a server that keeps its promises: unlike in tests, a commit waits for the disk.
const server = await PostgresServer.start(['fsync=on']);
try {
  if (ROUNDS > 0) await workers();
  await queueCosts(await newDatabase());
  await noticeRates(server.url);
} finally {
  server.remove();
}

async function newDatabase(): Promise<string> {
  const pool = new Pool({ connectionString: server.url, max: 1 });
  const name = `perf_${randomUUID()}`;
  await pool.query(`create database "${name}"`);
  await pool.end();
  return Object.assign(new URL(server.url), { pathname: name }).href;
}

async function workers(): Promise<void> {
  const clusters: Member[] = [];
  for (const count of [1, 2]) {
    const cluster = await Cluster.start(await newDatabase(), 1, count);
    const { client } = await cluster.signIn(0);
    const ids: string[] = [];
    for (let seed = 0; seed < 10; seed++) ids.push((await client.upload(await photoLikeJpeg(seed))).id);
    clusters.push({ cluster, client, ids });
  }
  for (const engine of ['SHARP', 'JIMP'] as const) await twoWorkers(engine, clusters);

  const first = clusters[0] as Member;
  const { client, ids } = first;
  const tiny = (await client.upload(await photoLikeJpeg(1, 32, 32))).id;
  const { durationMs } = await runJob(first, [tiny], 400, [{ grayscale: true }]);
  show('one item of next to no work, all costs (queue, rows, files)', `${(durationMs / 400).toFixed(2)} ms`);

  const starts: number[] = [];
  for (let i = 0; i < 100; i++) {
    const job = await runJob(first, [tiny], 1, [{ grayscale: true }]);
    starts.push(Date.parse(job.startedAt) - Date.parse(job.createdAt));
  }
  show('a job starts after', `p50 ${median(starts)} ms, p99 ${quantile(starts, 0.99).toFixed(0)} ms`);

  await answers('me, signed in', client, '{ me { id } }');
  await answers('images(first: 20), signed in', client, '{ images { edges { node { id url width } } } }');
  console.log(`(${ids.length} images)`);
  for (const { cluster } of clusters) await cluster.dispose();
}

/** What one worker and two need for the same job, and one process and two for the bare work, all in turns. */
async function twoWorkers(engine: Engine, clusters: readonly Member[]): Promise<void> {
  const images = IMAGES[engine];
  const jobs: number[][] = [[], []];
  const bare: number[][] = [[], []];
  for (const member of clusters) await runJob(member, member.ids, 32, STANDARD_INPUT, engine);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, member] of clusters.entries()) {
      jobs[index]?.push(
        (await runJob(member, member.ids, images, STANDARD_INPUT, engine)).durationMs / images,
      );
      bare[index]?.push(await bareWork(engine, index + 1));
    }
  }
  for (const [what, times] of Object.entries({ 'worker process': jobs, 'bare process': bare })) {
    const [one, two] = times.map(median) as [number, number];
    const rates = [one, two].map((ms) => `${(1000 / ms).toFixed(1)} images/s`);
    show(`one ${what}, 1080p standard pipeline, ${engine}`, rates[0] ?? '');
    show('two', `${rates[1]}, ${(one / two).toFixed(2)}x`);
  }
}

/** Milliseconds an image that processes need which do nothing but compute: no API, no rows, no files. */
async function bareWork(engine: Engine, workers: number): Promise<number> {
  const executor = createExecutor('PROCESSES', { workers, preload: [engine] });
  await executor.start();
  const operations = STANDARD_PIPELINE;
  const tasks = await Promise.all(
    Array.from({ length: IMAGES[engine] / 4 }, async (_, seed) => {
      const bytes = await photoLikeJpeg(seed % 10);
      return { kind: 'IMAGE', bytes, engine, operations, limits: DEFAULT_IMAGING_LIMITS } as const;
    }),
  );
  await executor.run(tasks.slice(0, 2 * workers));
  const started = performance.now();
  await executor.run(tasks);
  const ms = (performance.now() - started) / tasks.length;
  await executor.stop();
  return ms;
}

async function runJob(
  { cluster, client }: Member,
  ids: readonly string[],
  items: number,
  operations: object[],
  engine?: Engine,
) {
  const id = await startJob(client, ids, items, operations, engine);
  await follow(cluster.apis[0]?.url ?? '', client.token, id);
  const { job } = await client.get(`{ job(id: "${id}") { status durationMs createdAt startedAt } }`);
  if (job.status !== 'COMPLETED') throw new Error(`The job ended as ${job.status}`);
  return job as { durationMs: number; createdAt: string; startedAt: string };
}

async function answers(what: string, client: GraphQLClient, query: string): Promise<void> {
  const until = performance.now() + 3_000;
  let count = 0;
  const ask = async () => {
    for (; performance.now() < until; count++) await client.get(query);
  };
  await Promise.all(Array.from({ length: 16 }, ask));
  show(`one API: ${what}`, `${Math.round(count / 3)} answers/s`);
}
