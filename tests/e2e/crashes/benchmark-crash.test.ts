import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { eventually } from '../../support/eventually.js';
import { hold } from '../../support/servers/faults/hold.js';
import { benchmarkHostsOf } from '../../support/servers/processes.js';
import { FAULT_SERVER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const RUN = 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }';
const PROGRESS = `subscription ($id: ID!) {
  benchmarkProgress(benchmarkId: $id) { seq status progress cell { model samplesMs } }
}`;
const BENCHMARK = `query ($id: ID!) {
  benchmark(id: $id) { status startedAt error { code } cells { model samplesMs warnings } json: report(format: JSON) }
}`;
const MODELS = ['SYNC', 'THREADS', 'PROCESSES'];
const SAMPLES = MODELS.length * 3;
const KILLED_AT = 3;

interface Progress {
  seq: number;
  status: string;
  progress: number;
  cell: { model: string; samplesMs: number[] } | null;
}

const samplesAt = ({ progress }: Progress): number => Math.round(progress * SAMPLES);

async function* follow(client: GraphQLClient, id: string): AsyncGenerator<Progress> {
  const events = client.subscribe<{ benchmarkProgress: Progress }>(PROGRESS, { id });
  for await (const { benchmarkProgress } of events) yield benchmarkProgress;
}

describe('SIGKILL of the server in the middle of a benchmark', () => {
  let server: ServerProcess;
  let client: GraphQLClient;
  let id: string;
  /** Files of every database's folder; the folders themselves stay. */
  const copies = async () => {
    const path = join(server.folder, 'data', 'benchmark-sources');
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  beforeAll(async () => {
    server = await ServerProcess.start({ WORKERS: '1' }, 'main', FAULT_SERVER);
    // However late this process hears of the samples, the run has not ended.
    await hold(server.folder, 'SAMPLES', KILLED_AT + 1);
    client = server.client();
    await client.register();
    const image = await client.upload(await photoLikeJpeg(1, 160, 90));
    const input = {
      imageIds: [image.id],
      models: MODELS,
      engines: ['SHARP'],
      workerCounts: [2],
      imageCounts: [2],
      repetitions: 3,
    };
    ({ id } = (await client.get(RUN, { input })).runBenchmark);
  });
  afterAll(() => server.dispose());

  it('loses no sample, measures none twice, and leaves no process and no copy of an image', async () => {
    const before: Progress[] = [];
    const killed = server.pid;
    let isKilled = false;
    const following = (async () => {
      for await (const event of follow(client, id)) {
        before.push(event);
        // Events that arrived before the kill may still be read after it.
        if (isKilled || samplesAt(event) < KILLED_AT) continue;
        await eventually(async () => (await benchmarkHostsOf(killed)).length > 0);
        isKilled = true;
        await server.end('SIGKILL');
        for (const host of await benchmarkHostsOf(killed)) process.kill(host, 'SIGCONT');
      }
    })();
    await expect(following).rejects.toBeDefined();
    const last = before.at(-1);
    if (!last) throw new Error('Nothing was told');
    expect(last.status).toBe('RUNNING');
    expect(samplesAt(last)).toBeLessThan(SAMPLES);
    expect(await copies()).toHaveLength(1);

    await server.start();
    client = Object.assign(server.client(), { token: client.token });
    const after: Progress[] = [];
    for await (const event of follow(client, id)) after.push(event);
    const [first] = after;
    if (!first) throw new Error('Nothing was told');
    expect(first.seq).toBeGreaterThanOrEqual(last.seq);
    expect(samplesAt(first)).toBeGreaterThanOrEqual(samplesAt(last));
    const sequence = after.map(({ seq }) => seq);
    expect(sequence).toEqual([...new Set(sequence)].toSorted((a, b) => a - b));
    expect(after.filter(({ cell }) => cell !== null)).toHaveLength(SAMPLES - samplesAt(first));
    expect(after.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 1 });

    const { benchmark } = await client.get(BENCHMARK, { id });
    expect(benchmark).toMatchObject({ status: 'COMPLETED', error: null });
    const samples: { model: string; repetition: number }[] = JSON.parse(benchmark.json).samples;
    expect(samples).toHaveLength(SAMPLES);
    expect(new Set(samples.map(({ model, repetition }) => `${model} ${repetition}`)).size).toBe(SAMPLES);
    // Samples that were published before the crash are unchanged.
    for (const { cell } of before) {
      if (cell === null) continue;
      const ended = benchmark.cells.find(({ model }: { model: string }) => model === cell.model);
      expect(ended.samplesMs).toEqual(expect.arrayContaining(cell.samplesMs));
      expect(ended.warnings).not.toContain('OUTPUT_MISMATCH');
    }
    expect(await copies()).toEqual([]);
    for (const pid of [killed, server.pid])
      await eventually(async () => (await benchmarkHostsOf(pid)).length === 0);
  });
});
