/**
 * What a benchmark that keeps every processor busy leaves of the API's quickness: `{ me { id } }`, fifty a second, each
 * sent when it is due whether or not the one before was answered; and how late the server's event loop is. Beside it
 * the same on the idle server. Prints a Markdown table.
 *
 *   npm run perf responsiveness [seconds]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantileSorted } from 'simple-statistics';
import { GraphQLClient } from '../tests/support/clients/graphql-client.js';

const SECONDS = Number(process.argv[2] ?? 20);
const INTERVAL_MS = 20;
const CORES = availableParallelism();
/** More than processors, and no more than a server can be set to allow. */
const WORKERS = Math.min(128, CORES * 2);

interface LoopDelay {
  p99: number;
  max: number;
}

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const server = fork(new URL('./monitored-server.js', import.meta.url), {
  env: {
    ...process.env,
    PORT: '0',
    DATA_DIR: folder,
    MEDIA_DIR: join(folder, 'media'),
    MAX_WORKERS: String(Math.max(16, WORKERS)),
  },
});
const [url] = (await once(server, 'message')) as [string];
const client = new GraphQLClient(url);
await client.register();

async function loopDelay(): Promise<LoopDelay> {
  server.send('read');
  const [delay] = (await once(server, 'message')) as [LoopDelay];
  return delay;
}

/** Latencies in milliseconds, from the moment that a query was due: one that was sent late counts its lateness. */
async function load(): Promise<{ latencies: number[]; delay: LoopDelay }> {
  await loopDelay();
  const start = performance.now();
  const latencies = await Promise.all(
    Array.from({ length: (SECONDS * 1000) / INTERVAL_MS }, async (_, index) => {
      const due = start + index * INTERVAL_MS;
      await sleep(Math.max(0, due - performance.now()));
      await client.get('{ me { id } }');
      return performance.now() - due;
    }),
  );
  return { latencies: latencies.sort((a, b) => a - b), delay: await loopDelay() };
}

const row = (name: string, { latencies, delay }: Awaited<ReturnType<typeof load>>): string => {
  const figures = [0.5, 0.99, 1].map((quantile) => quantileSorted(latencies, quantile));
  return `| ${[name, ...[...figures, delay.p99, delay.max].map((ms) => ms.toFixed(1))].join(' | ')} |`;
};

console.log(
  '| server | query p50 ms | p99 | max | loop delay p99 ms | max |\n|---|---:|---:|---:|---:|---:|',
);
await load();
console.log(row('idle', await load()));
for (const model of ['THREADS', 'PROCESSES']) {
  const { runBenchmark } = await client.get(
    'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }',
    {
      // Batches long enough that there is no pause.
      input: {
        models: [model],
        engines: ['JIMP'],
        imageCounts: [1000],
        workerCounts: [WORKERS],
        repetitions: 1,
      },
    },
  );
  // Until its images are made and its workers are up.
  await sleep(15_000);
  const measured = await load();
  const { benchmark } = await client.get('query ($id: ID!) { benchmark(id: $id) { status } }', {
    id: runBenchmark.id,
  });
  if (benchmark.status !== 'RUNNING') {
    throw new Error(`The benchmark of ${model} ended before the load did: it is ${benchmark.status}`);
  }
  console.log(row(`benchmark of ${model} on ${CORES} processors`, measured));
  await client.get('mutation ($id: ID!) { cancelBenchmark(id: $id) { id } }', { id: runBenchmark.id });
  await sleep(2_000);
}
server.disconnect();
await once(server, 'exit');
await rm(folder, { recursive: true, force: true });
