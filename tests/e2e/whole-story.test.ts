import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { campaignRuns, isLongCampaign } from '../support/campaign.js';
import type { GraphQLClient } from '../support/clients/graphql-client.js';
import { allEvents, createJob, followJob, readJob } from '../support/clients/job-client.js';
import { unzip } from '../support/images/unzip.js';
import { eachDatabase } from '../support/servers/database.js';
import { ServerProcess } from '../support/servers/server-process.js';

const PHOTOS = 5;
const MODELS = ['SYNC', 'ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'];
const WORKER_COUNTS = [2, 1, 4].slice(0, campaignRuns(1, 3));

interface Cell {
  model: string;
  workers: number;
  samplesMs: number[];
  outputDigest: string;
}

const RUN =
  'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id totalCells reportUrl } }';
const WATCH = `subscription ($id: ID!) {
  benchmarkProgress(benchmarkId: $id) {
    seq status completedCells totalCells progress cell { model workers samplesMs outputDigest }
  }
}`;
const COMPARE = `query ($baselineId: ID!, $candidateIds: [ID!]!) {
  compareBenchmarks(baselineId: $baselineId, candidateIds: $candidateIds) {
    differences rows { model workers ratio verdict }
  }
}`;

// One user from the first request to the last, on the compiled server; each step uses the result of the one before.
eachDatabase('the whole story', (databases) => {
  // A sample is measured alike on both databases.
  const models = databases.kind === 'SQLITE' || isLongCampaign ? MODELS : ['SYNC', 'THREADS'];
  const cellCount = models.length * WORKER_COUNTS.length;
  let server: ServerProcess;
  let client: GraphQLClient;
  const password = 'a battery staple';
  const email = 'ada@example.com';
  let refreshToken: string;
  const images: string[] = [];
  const benchmarks: string[] = [];

  beforeAll(async () => {
    const DATABASE_URL = databases.kind === 'SQLITE' ? '' : await databases.create();
    server = await ServerProcess.start({ DATABASE_URL });
    client = server.client();
  });
  afterAll(() => server.dispose());

  const download = async (url: string): Promise<Buffer> => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };

  it('starts with an account and a sign-in', async () => {
    await client.register(email, password);
    client.token = undefined;
    const { login } = await client.get(
      'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { email } } }',
      { input: { email, password } },
    );
    expect(login.user).toEqual({ email });
    const { refreshToken: next } = (
      await client.get(
        'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken refreshToken } }',
        { token: login.refreshToken },
      )
    ).refreshToken;
    refreshToken = next;
    client.token = login.accessToken;
  });

  it('has photos, of which one is processed and downloaded', async () => {
    for (let seed = 0; seed < PHOTOS; seed++) {
      const { id } = await client.upload(await photoLikeJpeg(seed, 320, 180), `photo ${seed}.jpg`);
      images.push(id);
    }
    const operations = [
      { resize: { width: 160 } },
      { rotate: { degrees: 90 } },
      { convert: { format: 'PNG' } },
    ];
    const { processImage } = await client.get(
      'mutation ($input: ProcessImageInput!) { processImage(input: $input) { url source { id } } }',
      { input: { imageId: images[0], operations, engine: 'JIMP' } },
    );
    expect(processImage.source).toEqual({ id: images[0] });
    expect(await sharp(await download(processImage.url)).metadata()).toMatchObject({
      ...{ format: 'png', width: 90, height: 160 },
    });
  });

  it('has a batch job, followed to its end and downloaded as a zip', async () => {
    const { id } = await createJob(client, images, { operations: [{ resize: { width: 80 } }] });
    const events = await allEvents(followJob(client, id));
    expect(events.flatMap(({ items }) => items)).toHaveLength(PHOTOS);
    expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: PHOTOS, progress: 1 });
    const files = await unzip(await download((await readJob(client, id)).resultUrl));
    expect([...files.keys()].sort()).toEqual(
      ['manifest.json', ...images.map((_, i) => `photo ${i}-80x45.jpg`)].sort(),
    );
    expect(await sharp(files.get('photo 1-80x45.jpg')).metadata()).toMatchObject({ width: 80, height: 45 });
  });

  /** Runs a benchmark over the photos; returns every event up to its end. */
  async function watchBenchmark(changes: object) {
    const operations = [{ resize: { width: 80 } }];
    const input = { imageIds: images, engines: ['SHARP'], operations, repetitions: 2, ...changes };
    const { runBenchmark } = await client.get(RUN, { input });
    const events = [];
    for await (const { benchmarkProgress } of client.subscribe(WATCH, { id: runBenchmark.id })) {
      events.push(benchmarkProgress);
    }
    benchmarks.push(runBenchmark.id);
    return { ...runBenchmark, events };
  }

  it('has a benchmark with an event for every sample, and its report', async () => {
    const { id, reportUrl, totalCells, events } = await watchBenchmark({
      name: 'Ada’s',
      models,
      workerCounts: WORKER_COUNTS,
      imageCounts: [PHOTOS],
    });
    expect(totalCells).toBe(cellCount);
    expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCells: totalCells, progress: 1 });
    const cells: Cell[] = events.flatMap((event: { cell: Cell | null }) => event.cell ?? []);
    const complete = cells.filter(({ samplesMs }) => samplesMs.length === 2);
    expect(new Set(complete.map(({ model, workers }) => `${model} ${workers}`)).size).toBe(totalCells);
    expect(new Set(complete.map(({ outputDigest }) => outputDigest)).size).toBe(1);

    const { benchmark } = await client.get('query ($id: ID!) { benchmark(id: $id) { report } }', { id });
    expect(benchmark.report).toContain('# Ada’s');
    expect(String(await download(reportUrl))).toMatch(/^<!doctype html>.*<svg/is);
  });

  it('compares it with a second one', async () => {
    await watchBenchmark({ models: ['SYNC', 'THREADS'], workerCounts: [2], imageCounts: [PHOTOS] });
    const [baselineId, candidate] = benchmarks;
    const { compareBenchmarks } = await client.get(COMPARE, { baselineId, candidateIds: [candidate] });
    const { rows, differences } = compareBenchmarks;
    expect(rows.map(({ model, workers }: Cell) => `${model} ${workers}`).sort()).toEqual([
      'SYNC 2',
      'THREADS 2',
    ]);
    for (const { ratio } of rows) expect(ratio).toBeGreaterThan(0);
    const more = cellCount - 2;
    const apart = expect.stringContaining('measured one after the other');
    expect(differences).toEqual([...(more > 0 ? [`${more} cells only in the baseline`] : []), apart]);
  });

  it('ends with a sign-out', async () => {
    await client.get('mutation ($token: String!) { logout(refreshToken: $token) }', { token: refreshToken });
    expect(await client.codeOf('{ images { totalCount } }')).toBe('UNAUTHENTICATED');
    expect(await server.end()).toBe(0);
  });
});
