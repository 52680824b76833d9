/**
 * What following one job costs: 1,000 subscriptions over 50 sockets, and changes of the job at a fixed rate. Prints, with
 * and without the items in the selection, events a second, the server's processor time for an event, and the time from the
 * publication to the arrival.
 *
 *   npm run perf fanout [subscribers] [seconds of each rate]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from 'simple-statistics';
import { GraphQLClient } from '../../tests/support/clients/graphql-client.js';
import { storeOpenJob } from '../stored-rows.js';
import { type Changed, ITEMS_PER_CHANGE, now, type Request } from './protocol.js';
import { PER_SOCKET, Subscribers } from './subscribers.js';

const SUBSCRIBERS = Number(process.argv[2] ?? 1_000);
const SECONDS = Number(process.argv[3] ?? 6);
/** Changes of the job a second; at most ten are published. */
const RATES = [1, 5, 10];
const ITEMS = 2_000 * ITEMS_PER_CHANGE;
const SELECTIONS = {
  counts: 'seq status completedCount failedCount progress',
  items: 'seq status completedCount items { position status durationMs }',
};

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const server = fork(new URL('./server.js', import.meta.url), {
  env: {
    ...process.env,
    ...{ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, MEDIA_DIR: join(folder, 'media'), WORKERS: '1' },
    MAX_SOCKETS_PER_USER: String(Math.ceil(SUBSCRIBERS / PER_SOCKET)),
    MAX_SOCKET_MESSAGES_PER_MINUTE: '1000000',
  },
});
const ask = async <Answer>(request: Request): Promise<Answer> => {
  server.send(request);
  const [answer] = await once(server, 'message');
  return answer as Answer;
};
const [url] = (await once(server, 'message')) as [string];
const client = new GraphQLClient(url);
const { user } = await client.register();
const jobId = await storeOpenJob(`sqlite://${join(folder, 'nogil-bench.db')}`, user.id, ITEMS);
server.send({ kind: 'follow', jobId } satisfies Request);

async function measure(name: string, subscribers: Subscribers, rate: number): Promise<void> {
  const published = new Map<number, number>();
  const arrivals: [seq: number, at: number][] = [];
  subscribers.onEvent = (seq, at) => arrivals.push([seq, at]);
  const cpuBefore = await ask<number>({ kind: 'cpu' });
  const started = now();
  for (let change = 0; change < rate * SECONDS; change++) {
    await delay(Math.max(0, started + (change * 1_000) / rate - now()));
    const { seq, at } = await ask<Changed>({ kind: 'change' });
    published.set(seq, at);
  }
  await delay(1_000 / rate);
  const seconds = (now() - started) / 1_000;
  const cpuMs = (await ask<number>({ kind: 'cpu' })) - cpuBefore;
  await delay(500);
  const latencies = arrivals
    .map(([seq, at]) => at - (published.get(seq) ?? Number.NaN))
    .filter(Number.isFinite);
  const cells = [
    name,
    rate,
    (arrivals.length / seconds).toFixed(0),
    (cpuMs / arrivals.length).toFixed(3),
    quantile(latencies, 0.5).toFixed(0),
    quantile(latencies, 0.99).toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

console.log(`${SUBSCRIBERS} subscribers of one job; times in ms.\n`);
console.log('| selection | changes a second | events a second | CPU an event | p50 | p99 |');
console.log('|---|---:|---:|---:|---:|---:|');
for (const [name, selection] of Object.entries(SELECTIONS)) {
  const subscribers = new Subscribers();
  const query = `subscription ($id: ID!) { jobProgress(jobId: $id) { ${selection} } }`;
  await subscribers.open(url, client.token ?? '', SUBSCRIBERS, query, jobId);
  while (subscribers.events < SUBSCRIBERS) await delay(20);
  for (const rate of RATES) await measure(name, subscribers, rate);
  subscribers.close();
}
server.disconnect();
await once(server, 'exit');
await rm(folder, { recursive: true, force: true });
