import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SWEEP_AXES, type SweepAxis } from '../../../src/benchmark/sweep.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { GatedRunner } from '../../support/fakes/gated-runner.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const RUN = 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id totalCells } }';
const PROGRESS = `subscription ($id: ID!) {
  benchmarkProgress(benchmarkId: $id) { status cell { sweep { axis value } } }
}`;
const RESULT = `query ($id: ID!) {
  benchmark(id: $id) {
    status error { message } sweep { axis values }
    cells { model workers sweep { axis value } warnings outputDigest }
    csv: report(format: CSV) markdown: report
  }
  compareBenchmarks(baselineId: $id, candidateIds: [$id]) { rows { sweep { axis value } } }
}`;

interface SweptCell {
  model: string;
  workers: number;
  sweep: { axis: string; value: number };
  warnings: string[];
  outputDigest: string;
}

/** For each axis, work that is small enough for a test. */
const SWEEPS: Record<SweepAxis, { input: object; values: number[] }> = {
  LOCK_SHARE: { input: { workload: 'FIBONACCI', models: ['SYNC', 'THREADS_LOCKED'] }, values: [0, 0.5] },
  PAYLOAD_BYTES: { input: { workload: 'FIBONACCI', models: ['SYNC', 'PROCESSES'] }, values: [0, 65_536] },
  WAIT_SHARE: { input: { workload: 'FIBONACCI', models: ['SYNC', 'ASYNC'] }, values: [0, 0.9] },
  IMAGE_EDGE: { input: { engines: ['SHARP'], models: ['SYNC', 'THREADS'] }, values: [64, 96] },
  CHUNK_SIZE: { input: { workload: 'FIBONACCI', models: ['SYNC', 'THREADS'] }, values: [1, 2] },
};

describe('a sweep over the API, measured in real processes', () => {
  let app: TestApp;
  let client: GraphQLClient;
  let tasksDir: string;
  const samples = new GatedRunner();
  beforeAll(async () => {
    tasksDir = await mkdtemp(join(tmpdir(), 'sweep-tasks-'));
    await cp('tests/fixtures/tasks/square.mjs', join(tasksDir, 'square.mjs'));
    app = await startTestApp({ tasksDir }, { sampleRunner: samples.of });
    client = await app.signedIn();
  });
  afterAll(async () => {
    await app.close();
    await rm(tasksDir, { recursive: true, force: true });
  });

  /** Runs a benchmark to its end; returns its result and the points that its progress named. */
  async function measured(input: object) {
    // A sample that ends before the subscription begins is in its first event, without its point.
    const subscribed = Promise.withResolvers<void>();
    samples.gate = subscribed.promise;
    const { runBenchmark } = await client.get(RUN, {
      input: { imageCounts: [2], workerCounts: [2], repetitions: 1, ...input },
    });
    const seen: object[] = [];
    for await (const { benchmarkProgress } of client.subscribe(PROGRESS, { id: runBenchmark.id })) {
      subscribed.resolve();
      if (benchmarkProgress.cell) seen.push(benchmarkProgress.cell.sweep);
    }
    const { benchmark, compareBenchmarks } = await client.get(RESULT, { id: runBenchmark.id });
    return { benchmark, rows: compareBenchmarks.rows, seen, totalCells: runBenchmark.totalCells };
  }

  it.each(SWEEP_AXES)(
    'over %s has each model at each value, in results, reports and comparisons',
    async (axis) => {
      const { input, values } = SWEEPS[axis];
      const { benchmark, rows, seen, totalCells } = await measured({ ...input, sweep: { axis, values } });
      expect(benchmark).toMatchObject({ status: 'COMPLETED', error: null, sweep: { axis, values } });
      const cells: SweptCell[] = benchmark.cells;
      expect(cells).toHaveLength(totalCells);
      expect(cells.filter(({ warnings }) => warnings.includes('OUTPUT_MISMATCH'))).toEqual([]);
      for (const value of values) {
        const ofValue = cells.filter(({ sweep }) => sweep.axis === axis && sweep.value === value);
        expect(ofValue).toHaveLength(2);
        expect(new Set(ofValue.map(({ outputDigest }) => outputDigest)).size).toBe(1);
      }
      expect(new Set(seen.map((point) => JSON.stringify(point))).size).toBe(values.length);
      // Rows are in the order of measuring.
      const points = (of: SweptCell[]) => of.map(({ sweep }) => JSON.stringify(sweep)).sort();
      expect(points(rows)).toEqual(points(cells));
      expect(benchmark.csv).toContain(`,${axis},${values[1]}`);
      expect(benchmark.markdown).toContain('## Sweep');
    },
  );

  it.each<[SweepAxis, number[]]>([
    ['LOCK_SHARE', [0, 1]],
    ['CHUNK_SIZE', [1, 2]],
  ])('over %s works for a task module', async (axis, values) => {
    const { benchmark } = await measured({
      workload: 'TASK',
      task: 'square',
      models: ['SYNC', 'THREADS_LOCKED', 'PROCESSES'],
      sweep: { axis, values },
    });
    expect(benchmark).toMatchObject({ status: 'COMPLETED', error: null });
    expect(benchmark.cells).toHaveLength(6);
    expect(new Set(benchmark.cells.map(({ outputDigest }: SweptCell) => outputDigest)).size).toBe(1);
  });

  it.each(['PAYLOAD_BYTES', 'WAIT_SHARE', 'IMAGE_EDGE'] as const)(
    'over %s is refused for a task module, with the possible axes',
    async (axis) => {
      const input = { workload: 'TASK', task: 'square', sweep: { axis, values: [64] } };
      await expect(client.get(RUN, { input })).rejects.toThrow(
        /input\.sweep\.axis: .* axes for TASK: LOCK_SHARE, CHUNK_SIZE/,
      );
    },
  );
});
