/**
 * What the page of a live run costs. First, a benchmark of 48 cells with invented samples, 20 a second: how long its frames
 * take in Chromium until its result is shown, on a wide screen and on a telephone. A frame can be late because another
 * program has the processor, so the tasks of the page's main thread are counted too, by their time and by the processor
 * time in it. Then a real benchmark, measured in turn
 * without and with an open page: whether the page makes it slower. What else changes on the machine meanwhile changes
 * both. Prints two Markdown tables.
 *
 *   npm run perf live-page [rounds]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startApp } from '../src/app/api-app.js';
import { type ComparedSample, compareBenchmarks } from '../src/benchmark/analysis/comparison/comparison.js';
import type { Cell } from '../src/benchmark/cell.js';
import type { SampleRunner } from '../src/benchmark/sample-runner.js';
import { loadConfig } from '../src/config.js';
import { createLogger } from '../src/process/logger.js';
import { launchBrowser } from '../tests/support/clients/browser.js';
import { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { VirtualRunner } from '../tests/support/fakes/virtual-runner.js';
import { recordMainThread } from './web/main-thread.js';

/** Whether a page shows the run while it is measured. */
type Watch = 'ALONE' | 'WATCHED';
const WATCHES: readonly Watch[] = ['ALONE', 'WATCHED'];

interface Screen {
  name: string;
  width: number;
  /** How many times slower Chromium lets the page compute. */
  slowdown: number;
}
const SCREENS: readonly Screen[] = [
  { name: 'wide screen', width: 1440, slowdown: 1 },
  { name: 'telephone, processor 4 times slower', width: 390, slowdown: 4 },
];

const SAMPLE_MS = 50;
const LONG_MS = 50;
/** A benchmark waits for the other ones of the machine. */
const WAIT_MS = 180_000;
const EMAIL = 'perf@example.com';
const PASSWORD = 'correct horse battery';
const RUN = 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }';
const STATE = 'query ($id: ID!) { benchmark(id: $id) { status } }';
const SAMPLES =
  'query ($id: ID!) { benchmark(id: $id) { cells { model engine imageCount workers samplesMs } } }';
const REAL = { workload: 'FIBONACCI', models: ['SYNC', 'THREADS'], imageCounts: [12], workerCounts: [2] };
/** Each round measures the benchmark without and with an open page; which comes first alternates. */
const ROUNDS = Number(process.argv[2] ?? 6);
const SAMPLES_A_ROUND = 4;

/** Counts frames, in the page. */
const OBSERVE = `
  window.frames_ = []; let last = performance.now();
  const frame = (now) => { window.frames_.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

class SlowVirtualRunner extends VirtualRunner {
  override async measure(...given: Parameters<SampleRunner['measure']>) {
    await sleep(SAMPLE_MS);
    return super.measure(...given);
  }
}

const browser = await launchBrowser();
try {
  console.log(
    `| 48 cells, 480 samples, 20 a second | frames | longest | over ${LONG_MS} ms | tasks over ${LONG_MS} ms | of them by processor time | longest by processor time |`,
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const screen of SCREENS)
    await withApp({ sampleRunner: () => new SlowVirtualRunner() }, (url) => invented(browser, url, screen));
  console.log('');
  await withApp({}, (url) => real(browser, url));
} finally {
  await browser.close();
}

async function invented(browser: Browser, url: string, { name, width, slowdown }: Screen): Promise<void> {
  const client = await registered(url);
  const page = await signedIn(browser, url, width);
  const id = await started(client, { preset: 'MATRIX', repetitions: 10 });
  const processor = await page.context().newCDPSession(page);
  await processor.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(`${url}/lab/${id}`);
  await page.getByRole('heading', { name: 'Measuring now' }).waitFor();
  await page.locator('.mark-symbol path').first().waitFor({ state: 'attached' });
  await page.evaluate(OBSERVE);
  const stop = await recordMainThread(browser, page);
  await ended(client, id);
  // Not by its role: to look for that would be a long task of the page.
  await page.locator('#reports').waitFor();
  const frames: number[] = await page.evaluate('window.frames_');
  const tasks = await stop();
  const processorMs = tasks.map((task) => task.processorMs);
  console.log(
    `| ${[
      name,
      frames.length,
      ms(Math.max(...frames)),
      longOf(frames),
      longOf(tasks.map(({ wallMs }) => wallMs)),
      longOf(processorMs),
      ms(Math.max(...processorMs)),
    ].join(' | ')} |`,
  );
  await page.close();
}

async function real(browser: Browser, url: string): Promise<void> {
  const client = await registered(url);
  const page = await signedIn(browser, url);
  const input = { ...REAL, repetitions: SAMPLES_A_ROUND, seed: 1 };
  // The first run warms the caches of the machine.
  await ended(client, await started(client, { ...input, repetitions: 2 }));
  const samples: Record<Watch, ComparedSample[]> = { ALONE: [], WATCHED: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const watch of round % 2 === 0 ? WATCHES : WATCHES.toReversed()) {
      const id = await started(client, input);
      await page.goto(watch === 'WATCHED' ? `${url}/lab/${id}` : 'about:blank');
      await ended(client, id);
      samples[watch].push(...(await samplesOf(client, id)));
    }
  }
  const rows = compareBenchmarks({ id: 'ALONE', samples: samples.ALONE }, [
    { id: 'WATCHED', samples: samples.WATCHED },
  ]);
  console.log(`| with an open page, ${ROUNDS} rounds | speed relative to none | 95 % interval | verdict |`);
  console.log('| --- | ---: | ---: | --- |');
  for (const { model, workers, ratio, ratioInterval: interval, verdict } of rows) {
    const range = interval ? `${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}` : '–';
    console.log(`| ${model} × ${workers} | ${ratio.toFixed(3)} | ${range} | ${verdict} |`);
  }
}

async function samplesOf(client: GraphQLClient, id: string): Promise<ComparedSample[]> {
  const { benchmark } = await client.get(SAMPLES, { id });
  return benchmark.cells.flatMap(({ samplesMs, ...cell }: Cell & { samplesMs: number[] }) =>
    samplesMs.map(
      (wallMs, repetition): ComparedSample => ({
        ...cell,
        repetition,
        wallMs,
        otherCpuShare: null,
        outputDigest: '',
      }),
    ),
  );
}

async function withApp(
  overrides: Parameters<typeof startApp>[2],
  work: (url: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
  const env = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, MEDIA_DIR: join(folder, 'media') };
  const app = await startApp(loadConfig(env), createLogger('error', process.stderr), overrides);
  try {
    await work(app.url);
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function registered(url: string): Promise<GraphQLClient> {
  const client = new GraphQLClient(url);
  await client.register(EMAIL, PASSWORD);
  return client;
}

async function signedIn(browser: Browser, url: string, width = 1440): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.setDefaultTimeout(WAIT_MS);
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in instead' }).click();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('link', { name: 'Laboratory' }).waitFor();
  return page;
}

async function started(client: GraphQLClient, input: object): Promise<string> {
  return (await client.get(RUN, { input })).runBenchmark.id;
}

async function ended(client: GraphQLClient, id: string): Promise<void> {
  for (;;) {
    const { benchmark } = await client.get(STATE, { id });
    if (benchmark.status !== 'QUEUED' && benchmark.status !== 'RUNNING') return;
    await sleep(500);
  }
}

function longOf(durations: readonly number[]): number {
  return durations.filter((ms) => ms > LONG_MS).length;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}
