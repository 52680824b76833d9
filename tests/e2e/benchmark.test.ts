import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../support/clients/graphql-client.js';
import { readUntil } from '../support/eventually.js';
import { GatedRunner } from '../support/fakes/gated-runner.js';
import { startTestApp, type TestApp } from '../support/servers/test-app.js';

const BENCHMARK = `query ($id: ID!) {
  benchmark(id: $id) {
    status progress error { code message } environment { availableParallelism }
    cells { model engine samplesMs outputDigest warnings cpuPercent peakRssBytes breakdown { startupMs computeMs } }
  }
}`;

describe('a benchmark, measured in real processes', () => {
  let app: TestApp;
  let client: GraphQLClient;
  const samples = new GatedRunner();
  beforeAll(async () => {
    app = await startTestApp({}, { sampleRunner: samples.of });
    client = await app.signedIn();
  });
  afterAll(() => app.close());

  async function begun(input: object): Promise<string> {
    const { runBenchmark } = await client.get(
      'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }',
      { input },
    );
    return runBenchmark.id;
  }

  function ended(id: string) {
    return readUntil(
      async () => (await client.get(BENCHMARK, { id })).benchmark,
      ({ status }) => !['QUEUED', 'RUNNING'].includes(status),
    );
  }

  it('proves that all models gave the same bytes of the user’s own images', async () => {
    const images = await Promise.all(
      [1, 2].map(async (seed) => client.upload(await photoLikeJpeg(seed, 90, 60))),
    );
    const id = await begun({
      imageIds: images.map(({ id }) => id),
      engines: ['SHARP'],
      imageCounts: [3],
      workerCounts: [2],
      repetitions: 1,
    });
    const benchmark = await ended(id);
    expect(benchmark).toMatchObject({ status: 'COMPLETED', progress: 1, error: null });
    expect(benchmark.cells.map(({ model }: { model: string }) => model).sort()).toEqual([
      'ASYNC',
      'PROCESSES',
      'SYNC',
      'THREADS',
      'THREADS_LOCKED',
    ]);
    expect(new Set(benchmark.cells.map((cell: { outputDigest: string }) => cell.outputDigest)).size).toBe(1);
    for (const cell of benchmark.cells) {
      expect(cell.warnings).toContain('TOO_FEW_SAMPLES');
      expect(cell.warnings).not.toContain('OUTPUT_MISMATCH');
      expect(cell.cpuPercent).toBeGreaterThan(0);
      expect(cell.breakdown.computeMs).toBeGreaterThan(0);
    }
  });

  it('fails with what is wrong with an image that has been deleted meanwhile', async () => {
    const { id } = await client.upload(await photoLikeJpeg(3, 90, 60));
    const deleted = Promise.withResolvers<void>();
    samples.gate = deleted.promise;
    const first = await begun({
      workload: 'FIBONACCI',
      models: ['SYNC'],
      workerCounts: [1],
      imageCounts: [1],
      repetitions: 1,
    });
    const second = await begun({ imageIds: [id], models: ['SYNC'], workerCounts: [1], imageCounts: [1] });
    await client.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id });
    deleted.resolve();
    expect(await ended(first)).toMatchObject({ status: 'COMPLETED' });
    expect(await ended(second)).toMatchObject({ status: 'FAILED', error: { code: 'NOT_FOUND' } });
  });
});
