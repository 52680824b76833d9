/**
 * What more processes bring on PostgreSQL, and where its ceilings are: one worker process against two (one thread each),
 * how soon a worker and a job on another process start, what the queue costs an item, how many notices PostgreSQL takes,
 * what one API answers.
 *
 *   npm run perf scale [rounds], or 0 rounds for the database alone
 *
 * One and two workers take turns in each round, so that whatever else the machine does falls on both alike. Where there are
 * two processors, two workers have to share them with the API, PostgreSQL and the client, which one has beside it: so both
 * are also measured at half speed, which leaves room for the others as machines of their own would.
 */
import { tmpdir } from 'node:os';
import { median, quantile } from 'simple-statistics';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { Cluster } from '../tests/support/servers/cluster.js';
import { PostgresServer } from '../tests/support/servers/postgres-server.js';
import { noticeRates, queueCosts, show } from './scale-postgresql.js';
import { type Member, runJob, twoWorkers } from './scale-workers.js';
import { createPostgresqlDatabase } from './stored-rows.js';

const ROUNDS = Number(process.argv[2] ?? 3);
// As a server that keeps its promises: unlike in tests, a commit waits for the disk.
const server = await PostgresServer.start(['fsync=on'], tmpdir());
try {
  if (ROUNDS > 0) await workers();
  await queueCosts(await newDatabase());
  await noticeRates(server.url);
} finally {
  server.remove();
}

function newDatabase(): Promise<string> {
  return createPostgresqlDatabase(server.url);
}

async function workers(): Promise<void> {
  const clusters: Member[] = [];
  for (const count of [1, 2]) {
    const cluster = await Cluster.start(await newDatabase(), 1, count, { ACCESS_TOKEN_SECONDS: '3600' });
    const { client } = await cluster.signIn(0);
    const ids: string[] = [];
    for (let seed = 0; seed < 10; seed++) ids.push((await client.upload(await photoLikeJpeg(seed))).id);
    clusters.push({ cluster, client, ids });
  }
  for (const engine of ['SHARP', 'JIMP'] as const) await twoWorkers(engine, clusters, ROUNDS);

  const first = clusters[0] as Member;
  const { client, ids } = first;
  const tiny = (await client.upload(await photoLikeJpeg(1, 32, 32))).id;
  const { durationMs } = await runJob(first, [tiny], 400, [{ grayscale: true }]);
  show('one item of next to no work, all costs (queue, rows, files)', `${(durationMs / 400).toFixed(2)} ms`);

  const launches: number[] = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    const worker = await first.cluster.add('worker');
    launches.push(performance.now() - started);
    await worker.end();
  }
  show('one more worker process is ready after', `${median(launches).toFixed(0)} ms`);

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

async function answers(what: string, client: GraphQLClient, query: string): Promise<void> {
  const until = performance.now() + 3_000;
  let count = 0;
  const ask = async () => {
    for (; performance.now() < until; count++) await client.get(query);
  };
  await Promise.all(Array.from({ length: 16 }, ask));
  show(`one API: ${what}`, `${Math.round(count / 3)} answers/s`);
}
