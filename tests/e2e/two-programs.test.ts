import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readUntil } from '../support/eventually.js';
import { ServerProcess } from '../support/servers/server-process.js';

const INPUT = {
  workload: 'FIBONACCI',
  models: ['SYNC', 'THREADS'],
  imageCounts: [2],
  workerCounts: [2],
  repetitions: 2,
};

let folder: string;
let servers: ServerProcess[];
beforeAll(async () => {
  // A folder of its own for temporary files, so that other tests that measure do not hold the lock.
  folder = await mkdtemp(join(tmpdir(), 'two-programs-'));
  servers = await Promise.all([0, 1].map(() => ServerProcess.start({ TMPDIR: folder })));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.dispose()));
  await rm(folder, { recursive: true, force: true });
});

it('two servers with databases of their own measure one after the other on one machine', async () => {
  const ended = await Promise.all(servers.map(measured));
  const [first, second] = ended.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  expect(first?.status).toBe('COMPLETED');
  expect(second?.status).toBe('COMPLETED');
  expect(Date.parse(second?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.finishedAt ?? ''));
});

async function measured(
  server: ServerProcess,
): Promise<{ status: string; startedAt: string; finishedAt: string }> {
  const client = server.client();
  await client.register();
  const { runBenchmark } = await client.get(
    'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }',
    { input: INPUT },
  );
  const TIMES = 'query ($id: ID!) { benchmark(id: $id) { status startedAt finishedAt } }';
  return readUntil(
    async () => (await client.get(TIMES, runBenchmark)).benchmark,
    ({ status }) => !['QUEUED', 'RUNNING'].includes(status),
  );
}
