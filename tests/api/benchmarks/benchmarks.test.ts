import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { codeOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { VirtualRunner } from '../../support/fakes/virtual-runner.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const RUN = `mutation ($input: RunBenchmarkInput!) {
  runBenchmark(input: $input) { id name status totalCells repetitions workload reportUrl operations { kind } }
}`;
const BENCHMARK = `query ($id: ID!) {
  benchmark(id: $id) {
    status progress completedCells totalCells error { code } environment { nodeVersion availableParallelism }
    cells {
      model engine imageCount workers samplesMs medianMs medianInterval { low high } perImageMs imagesPerSecond speedup
      speedupInterval { low high } efficiency cpuPercent cpuPercentPerCore peakRssBytes eventLoopDelayP99Ms
      eventLoopUtilization eventLoopDelaysMs timeline { task worker queuedMs startMs lockWaitMs computeMs endMs }
      sweep { axis value } doubts { warning meaning advice } breakdown { startupMs computeMs lockWaitMs overheadMs } outputDigest warnings
    }
    scaling { model imageCount serialFraction { workers value } usl { contention } breakEvenTasks doubts { warning } verdict }
    recommendation { model workers engine reason outcome alternatives { model workers } repetitionsNeeded }
    seed queuePosition sweep { axis values }
    markdown: report csv: report(format: CSV) json: report(format: JSON) reportUrl
  }
}`;
const PROGRESS = `subscription ($id: ID!) {
  benchmarkProgress(benchmarkId: $id) { benchmarkId seq status completedCells totalCells progress cell { model samplesMs }
    measuring { model workers } estimatedSecondsLeft
  }
}`;
/** All five models with 1, 2 and 4 workers, without an image. */
const QUICK = { workload: 'FIBONACCI', name: 'Quick <b>', workerCounts: [1, 2, 4] };
const SMALL = { ...QUICK, models: ['SYNC', 'THREADS'], workerCounts: [2] };

interface Progress {
  seq: number;
  status: string;
  progress: number;
  cell: { model: string; samplesMs: number[] } | null;
}

eachDatabase('benchmarks over the API', (databases) => {
  let app: TestApp;
  let samples: VirtualRunner;
  let client: GraphQLClient;
  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create() }, { sampleRunner: () => samples });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    samples = new VirtualRunner();
    client = await app.signedIn();
  });

  // One runs at a time: what a test leaves behind would be measured by the samples of the next.
  afterEach(async () => {
    const open = '{ benchmarks(first: 100) { edges { node { status } } } }';
    await eventually(async () => {
      const { benchmarks } = await client.get(open);
      return !/QUEUED|RUNNING/.test(JSON.stringify(benchmarks));
    });
  });

  const run = async (input: object = SMALL) => (await client.get(RUN, { input })).runBenchmark;

  /** Every event of the subscription until it completes. */
  async function follow(id: string, as = client, onEvent = () => {}): Promise<Progress[]> {
    const socket = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: as.authorization(),
    });
    const events: Progress[] = [];
    for await (const { data, errors } of socket.iterate<{ benchmarkProgress: Progress }>({
      query: PROGRESS,
      variables: { id },
    })) {
      if (!data) throw new Error(JSON.stringify(errors));
      events.push(data.benchmarkProgress);
      onEvent();
    }
    await socket.dispose();
    return events;
  }

  it('publish their state, a cell for every sample, and the end over a socket', async () => {
    // One that had ended before the subscription would have one event.
    const subscribed = Promise.withResolvers<void>();
    samples.held.set(7, subscribed.promise);
    const benchmark = await run(QUICK);
    expect(benchmark).toMatchObject({ name: 'Quick <b>', totalCells: 15, repetitions: 5, operations: [] });
    const events = await follow(benchmark.id, client, subscribed.resolve);
    const withCell = events.filter(({ cell }) => cell !== null);
    const before = events.findIndex(({ cell }) => cell !== null);
    const first = events[0];
    // The samples stored before the subscription started are in its first event.
    expect(withCell.length + Math.round((first?.progress ?? 0) * 75)).toBe(75);
    expect(before).toBeGreaterThan(0);
    expect(first?.cell).toBeNull();
    expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 1, cell: null });
    const sequence = events.map(({ seq }) => seq);
    expect(sequence).toEqual([...new Set(sequence)].toSorted((a, b) => a - b));
    expect(await follow(benchmark.id)).toMatchObject([{ status: 'COMPLETED', progress: 1 }]);
  });

  it('resume for a subscriber that reconnects, without a gap', async () => {
    const [away, back] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    samples.held.set(3, away.promise);
    samples.held.set(7, back.promise);
    const { id } = await run();

    const socket = await RawSocket.connect(`${app.url.replace('http', 'ws')}/graphql`);
    socket.send({ type: 'connection_init', payload: client.authorization() });
    await socket.until('connection_ack');
    socket.subscribe('1', PROGRESS, { id });
    const told = () =>
      socket.received
        .filter(({ type }) => type === 'next')
        .map(({ payload }) => (payload as { data: { benchmarkProgress: Progress } }).data.benchmarkProgress);
    // The start, the first cell, and three samples.
    await eventually(() => told().at(-1)?.seq === 5);
    const before = told();
    socket.socket.terminate();
    away.resolve();
    // Four samples were stored while the subscriber was away, and three are to come.
    await eventually(() => samples.begun.length === 8);

    const after: Progress[] = [];
    for await (const { benchmarkProgress } of client.subscribe(PROGRESS, { id })) {
      if (after.push(benchmarkProgress) === 1) back.resolve();
    }
    expect(after[0]).toMatchObject({ status: 'RUNNING', progress: 0.7, cell: null });
    expect(after.filter(({ cell }) => cell !== null)).toHaveLength(3);
    expect(after.at(-1)).toMatchObject({ status: 'COMPLETED', progress: 1 });
    const sequence = [...before, ...after].map(({ seq }) => seq);
    expect(sequence).toEqual([...new Set(sequence)].toSorted((a, b) => a - b));
    expect(after[0]?.seq).toBe(9);
  });

  it('have every figure at the end', async () => {
    const { id } = await run();
    await follow(id);
    const { benchmark } = await client.get(BENCHMARK, { id });
    expect(benchmark).toMatchObject({ status: 'COMPLETED', progress: 1, completedCells: 2, error: null });
    expect(benchmark.cells).toHaveLength(2);
    for (const cell of benchmark.cells) {
      expect(cell).toMatchObject({ engine: null, samplesMs: { length: 5 }, timeline: { length: 6 } });
      expect(cell.eventLoopDelaysMs).toEqual([0, 1]);
    }
    expect(benchmark.scaling).toHaveLength(2);
    expect(benchmark.recommendation).toMatchObject({ engine: null, reason: expect.stringContaining('SYNC') });
    expect(benchmark.markdown).toContain('# Quick \\<b\\>');
    expect(benchmark.csv.trimEnd().split('\r\n')).toHaveLength(11);
    expect(JSON.parse(benchmark.json).samples).toHaveLength(10);
  });

  it('have a report page for the holder of a signed link or the owner', async () => {
    const { id, reportUrl } = await run();
    const page = await fetch(reportUrl);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain('sandbox');
    expect(await page.text()).toContain('<h1>Quick &lt;b&gt;</h1>');
    // HEAD does not render the report, so it has no length.
    const head = await fetch(reportUrl, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(head.headers.get('content-length')).toBeNull();
    const plain = reportUrl.split('?')[0];
    const stranger = await app.signedIn();
    const status = async (url: string, headers = {}) => (await fetch(url, { headers })).status;
    expect(await status(plain)).toBe(401);
    expect(await status(reportUrl.replace(/.$/, '-'))).toBe(403);
    expect(await status(plain, stranger.authorization())).toBe(403);
    expect(await status(plain, client.authorization())).toBe(200);
    const elsewhere = reportUrl.replace(id, (await run()).id);
    expect(await status(elsewhere)).toBe(403);
  });

  it('state their size before they run, and their duration once one has run', async () => {
    const plan = async (input: object) =>
      (
        await client.get(
          `query ($input: RunBenchmarkInput!) {
            benchmarkPlan(input: $input) { totalCells totalSamples estimatedSeconds warnings }
          }`,
          { input },
        )
      ).benchmarkPlan;
    const input = { ...SMALL, repetitions: 3 };
    expect(await plan(input)).toEqual({
      totalCells: 2,
      totalSamples: 6,
      estimatedSeconds: null,
      // Further ones where the machine has one processor.
      warnings: expect.arrayContaining([expect.stringMatching(/^TOO_FEW_SAMPLES/)]),
    });
    await follow((await run()).id);
    expect((await plan(input)).estimatedSeconds).toBeGreaterThan(0);
    expect(samples.begun).toHaveLength(10);
  });

  it('measure every cell at every value of a sweep, and keep one timeline for each cell', async () => {
    const sweep = { axis: 'WAIT_SHARE', values: [0, 0.9] };
    const { id } = await run({ ...SMALL, sweep, seed: 7 });
    await follow(id);
    const { benchmark } = await client.get(BENCHMARK, { id });
    expect(benchmark).toMatchObject({ seed: 7, sweep, totalCells: 4, queuePosition: null });
    expect(benchmark.cells.map((cell: { sweep: object }) => cell.sweep)).toEqual([
      { axis: 'WAIT_SHARE', value: 0 },
      { axis: 'WAIT_SHARE', value: 0 },
      { axis: 'WAIT_SHARE', value: 0.9 },
      { axis: 'WAIT_SHARE', value: 0.9 },
    ]);
    for (const cell of benchmark.cells) expect(cell.timeline).toHaveLength(6);
    const { trace } = (
      await client.get('query ($id: ID!) { benchmark(id: $id) { trace: report(format: TRACE) } }', { id })
    ).benchmark;
    const tasks = JSON.parse(trace).traceEvents.filter(({ ph }: { ph: string }) => ph === 'X');
    expect(tasks).toHaveLength(24);
  });

  it('are cancelled within a sample, and deleted', async () => {
    samples.hangAt = 3;
    const { id } = await run();
    const following = follow(id);
    const change = (name: string) =>
      client.ask(
        `mutation ($id: ID!) { ${name}(id: $id) ${name === 'deleteBenchmark' ? '' : '{ status }'} }`,
        { id },
      );
    await eventually(() => samples.begun.length >= 4);
    expect((await change('cancelBenchmark')).data).toEqual({ cancelBenchmark: { status: 'CANCELLED' } });
    expect((await following).at(-1)).toMatchObject({ status: 'CANCELLED', progress: 0.3 });
    await eventually(() => samples.running === 0);
    expect((await change('deleteBenchmark')).data).toEqual({ deleteBenchmark: id });
    expect(await client.codeOf(BENCHMARK, { id })).toBe('NOT_FOUND');
  });

  it('are compared with a baseline', async () => {
    const [baselineId, candidateId] = [(await run()).id, (await run()).id];
    await Promise.all([follow(baselineId), follow(candidateId)]);
    const { compareBenchmarks } = await client.get(
      `query ($baselineId: ID!, $candidateIds: [ID!]!) {
        compareBenchmarks(baselineId: $baselineId, candidateIds: $candidateIds) {
          baseline { id name }
          rows { benchmarkId model workers ratio ratioInterval { low high } pValue verdict baselineMedianMs medianMs }
          differences
        }
      }`,
      { baselineId, candidateIds: [candidateId] },
    );
    expect(compareBenchmarks).toMatchObject({
      baseline: { id: baselineId },
      rows: { length: 2 },
      differences: [expect.stringContaining('measured one after the other')],
    });
  });

  it('are visible to their owner alone', async () => {
    const { id } = await run();
    const stranger = await app.signedIn();
    const as = (query: string) => stranger.codeOf(query, { id });
    expect(await as(BENCHMARK)).toBe('FORBIDDEN');
    expect(await as('mutation ($id: ID!) { cancelBenchmark(id: $id) { id } }')).toBe('FORBIDDEN');
    expect(await as('mutation ($id: ID!) { deleteBenchmark(id: $id) }')).toBe('FORBIDDEN');
    expect(
      await as(
        'query ($id: ID!) { compareBenchmarks(baselineId: $id, candidateIds: [$id]) { differences } }',
      ),
    ).toBe('FORBIDDEN');
    await expect(follow(id, stranger)).rejects.toThrow('FORBIDDEN');
    expect((await stranger.get('{ benchmarks { totalCount } }')).benchmarks.totalCount).toBe(0);
    expect(await app.client().codeOf(BENCHMARK, { id })).toBe('UNAUTHENTICATED');
  });

  it('name the field of a wrong input', async () => {
    const answer = await client.ask(RUN, { input: { imageCounts: [10, 0] } });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.extensions.field).toBe('input.imageCounts[1]');
    expect(await client.codeOf(RUN, { input: { workerCounts: [10_000] } })).toBe('LIMIT_EXCEEDED');
  });
});
