import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MachineLock } from '../../src/database/machine-lock.js';
import type { GraphQLClient } from '../support/clients/graphql-client.js';
import { eventually, readUntil } from '../support/eventually.js';
import { hold, release } from '../support/servers/faults/hold.js';
import { FAULT_SERVER } from '../support/servers/programs.js';
import { ServerProcess } from '../support/servers/server-process.js';

/** Each repetition has two samples. */
const INPUT = {
  workload: 'FIBONACCI',
  models: ['SYNC', 'THREADS'],
  imageCounts: [2],
  workerCounts: [2],
  repetitions: 2,
};

let folder: string;
let servers: [ServerProcess, ServerProcess];
beforeAll(async () => {
  // A folder of its own for temporary files, so that other tests that measure do not hold the lock.
  folder = await mkdtemp(join(tmpdir(), 'two-programs-'));
  const start = () => ServerProcess.start({ TMPDIR: folder }, 'main', FAULT_SERVER);
  servers = await Promise.all([start(), start()]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.dispose()));
  await rm(folder, { recursive: true, force: true });
});

it('two servers with databases of their own take turns on one machine, one repetition each', async () => {
  const [first, second] = servers;
  const line = new MachineLock(folder);
  // The second sample of each server is held, so that the other one waits for its turn meanwhile.
  await hold(first.folder, 'SAMPLES', 1);
  await hold(second.folder, 'SAMPLES', 1);
  const begun = await start(first);
  await until(begun, ({ progress }) => progress === 0.25);
  const waiting = await start(second);
  await eventually(() => line.isAwaited());
  expect(await read(waiting)).toMatchObject({ status: 'QUEUED', startedAt: null });

  await release(first.folder, 'SAMPLES');
  await until(waiting, ({ progress }) => progress === 0.25);
  await eventually(() => line.isAwaited());
  expect(await read(begun)).toMatchObject({ status: 'RUNNING', progress: 0.5 });

  await release(second.folder, 'SAMPLES');
  const [one, other] = await Promise.all([begun, waiting].map((run) => until(run, isEnded)));
  expect([one?.status, other?.status]).toEqual(['COMPLETED', 'COMPLETED']);
  expect(Date.parse(other?.startedAt ?? '')).toBeLessThan(Date.parse(one?.finishedAt ?? ''));
});

interface Run {
  client: GraphQLClient;
  id: string;
}

interface RunState {
  status: string;
  progress: number;
  startedAt: string | null;
  finishedAt: string | null;
}

async function start(server: ServerProcess): Promise<Run> {
  const client = server.client();
  await client.register();
  const { runBenchmark } = await client.get(
    'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }',
    { input: INPUT },
  );
  return { client, id: runBenchmark.id };
}

async function read({ client, id }: Run): Promise<RunState> {
  const STATE = 'query ($id: ID!) { benchmark(id: $id) { status progress startedAt finishedAt } }';
  return (await client.get(STATE, { id })).benchmark;
}

const until = (run: Run, condition: (state: RunState) => boolean): Promise<RunState> =>
  readUntil(() => read(run), condition);

const isEnded = ({ status }: RunState): boolean => !['QUEUED', 'RUNNING'].includes(status);
