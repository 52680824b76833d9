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
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Pool } from 'pg';
import { openDatabase } from '../src/database.js';
import { photoLikeJpeg } from '../src/imaging/photo-like.js';
import { PgBossQueue } from '../src/queue/pg-boss.queue.js';
import { Cluster, follow, startJob } from '../tests/support/cluster.js';
import type { GraphQLClient } from '../tests/support/graphql-client.js';
import { PostgresServer } from '../tests/support/postgres-server.js';

const ROUNDS = Number(process.argv[2] ?? 3);
const IMAGES = 100;
const STANDARD = [
  { resize: { width: 800, height: 450 } },
  { blur: { sigma: 2 } },
  { sharpen: {} },
  { watermark: { text: 'nogil-bench' } },
  { convert: { format: 'JPEG', quality: 80 } },
];

const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
const quantile = (values: number[], q: number) =>
  sorted(values)[Math.ceil(q * values.length) - 1] ?? Number.NaN;
const median = (values: number[]) => quantile(values, 0.5);
const show = (what: string, value: string) => console.log(`${what.padEnd(64)}${value}`);

// As a server that keeps its promises: unlike in tests, a commit waits for the disk.
const server = await PostgresServer.start(['fsync=on']);
try {
  if (ROUNDS > 0) await workers();
  await queue();
  await notices();
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
  const clusters: { cluster: Cluster; client: GraphQLClient; ids: string[]; ms: number[] }[] = [];
  for (const count of [1, 2]) {
    const cluster = await Cluster.start(await newDatabase(), 1, count);
    const { client } = await cluster.signIn(0);
    const ids: string[] = [];
    for (let seed = 0; seed < 10; seed++) ids.push((await client.upload(await photoLikeJpeg(seed))).id);
    clusters.push({ cluster, client, ids, ms: [] });
  }
  // The first warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { cluster, client, ids, ms } of clusters) {
      const { durationMs } = await runJob(cluster, client, ids, IMAGES, STANDARD);
      if (round > 0) ms.push(durationMs);
    }
  }
  const [one, two] = clusters.map(({ ms }) => median(ms)) as [number, number];
  show('one worker process, 1080p standard pipeline', `${((IMAGES * 1000) / one).toFixed(1)} images/s`);
  show('two worker processes', `${((IMAGES * 1000) / two).toFixed(1)} images/s, ${(one / two).toFixed(2)}x`);

  const { cluster, client, ids } = clusters[0] as (typeof clusters)[number];
  const tiny = (await client.upload(await photoLikeJpeg(1, 32, 32))).id;
  const { durationMs } = await runJob(cluster, client, [tiny], 400, [{ grayscale: true }]);
  show('one item of next to no work, all costs (queue, rows, files)', `${(durationMs / 400).toFixed(2)} ms`);

  const starts: number[] = [];
  for (let i = 0; i < 100; i++) {
    const job = await runJob(cluster, client, [tiny], 1, [{ grayscale: true }]);
    starts.push(Date.parse(job.startedAt) - Date.parse(job.createdAt));
  }
  show('a job starts after', `p50 ${median(starts)} ms, p99 ${quantile(starts, 0.99)} ms`);

  await answers('me, signed in', client, '{ me { id } }');
  await answers('images(first: 20), signed in', client, '{ images { edges { node { id url width } } } }');
  console.log(`(${ids.length} images)`);
  for (const { cluster } of clusters) await cluster.dispose();
}

async function runJob(
  cluster: Cluster,
  client: GraphQLClient,
  ids: string[],
  items: number,
  operations: object[],
) {
  const id = await startJob(client, ids, items, operations);
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

async function queue(): Promise<void> {
  const url = await newDatabase();
  const orm = await openDatabase(url);
  const boss = await PgBossQueue.open(url, console.error);
  const chunks = 250;
  const items = chunks * 8;
  const entries = Array.from({ length: chunks }, (_, turn) => ({
    ...{ jobId: randomUUID(), ownerId: randomUUID(), round: 0, turn },
    positions: [0, 1, 2, 3, 4, 5, 6, 7],
  }));
  const started = performance.now();
  await orm.em.fork().transactional((em) => boss.enqueue(em as SqlEntityManager, entries));
  const enqueued = performance.now();
  for (let claim = await boss.claim(); claim; claim = await boss.claim()) await boss.complete(claim);
  const done = performance.now();
  show('the queue alone, an item: put in', `${((enqueued - started) / items).toFixed(3)} ms`);
  show('claimed and completed', `${((done - enqueued) / items).toFixed(3)} ms`);
  show('claims a second, one after another', `${Math.round((chunks * 1000) / (done - enqueued))}`);
  await boss.close();
  await orm.close();
}

/** A commit that notifies takes a lock over the whole server until it is on the disk: those cannot share a sync of it. */
async function notices(): Promise<void> {
  const pool = new Pool({ connectionString: server.url, max: 16 });
  await pool.query('create table written (value int)');
  const statements = {
    'commits that write a row': 'insert into written values (1)',
    'commits that write a row and notify':
      "with row as (insert into written values (1)) select pg_notify('perf', '')",
    'commits that notify and write nothing': "select pg_notify('perf', '')",
  };
  for (const [what, statement] of Object.entries(statements)) {
    const until = performance.now() + 2_000;
    let commits = 0;
    const commit = async () => {
      for (; performance.now() < until; commits++) await pool.query(statement);
    };
    await Promise.all(Array.from({ length: 16 }, commit));
    show(`${what}, 16 connections`, `${Math.round(commits / 2)}/s`);
  }
  await pool.end();
}
