/**
 * The five concurrency models side by side: the standard pipeline on a 1920x1080 photo-like JPEG with each engine and
 * with 1 and 2 workers, what the machine has to give for comparison, what dispatching an empty task costs, starting up, and moving 8 MB. Prints
 * Markdown.
 *
 *   npm run perf models [rounds]
 *
 * Each cell has a process of its own, one processor for each worker (`WORKER_FLAGS`). One run of every cell is one round, in a random order, so that what
 * else the machine does falls on all alike. Figures are medians; speed-ups are medians of the ratios within a round.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { seededRandom, seedFrom, shuffled } from '../src/benchmark/statistics/random.js';
import { computeEnvironment } from '../src/execution/machine/compute-environment.js';
import { CONCURRENCY_MODELS } from '../src/execution/model.js';
import { WORKER_FLAGS } from '../src/execution/workers/worker-flags.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../src/imaging/engine-name.js';
import type { Cell } from './model-host.js';

const ROUNDS = Number(process.argv[2] ?? 7);
const WARM_UPS = 3;
const IMAGES = { JIMP: 8, SHARP: 32 } as const;
const EMPTY_TASKS = 1_000;
const MOVED = { bytes: 8 * 2 ** 20, times: 5 } as const;

interface Row extends Cell {
  startupMs: number;
  /** Milliseconds, one a round. */
  samples: number[];
  run: () => Promise<number>;
}

const rows: Row[] = [];
for (const model of CONCURRENCY_MODELS) {
  for (const engine of IMAGE_ENGINES) {
    for (const workers of [1, 2]) {
      await open({ model, workers, work: { kind: 'PIPELINE', engine, images: IMAGES[engine] } });
    }
  }
  await open({ model, workers: 1, work: { kind: 'EMPTY', tasks: EMPTY_TASKS } });
  for (const back of [false, true]) await open({ model, workers: 1, work: { kind: 'MOVE', ...MOVED, back } });
}
const ceilings = IMAGE_ENGINES.map((engine) => twoAlone(engine));
const bare = await bareThread();
const below = seededRandom(seedFrom('models'));

for (let round = -WARM_UPS; round < ROUNDS; round++) {
  for (const row of shuffled(rows, below)) {
    const ms = await row.run();
    if (round >= 0) row.samples.push(ms);
  }
  for (const ceiling of ceilings) await ceiling.run(round >= 0);
  await bare.run(round >= 0);
}

for (const engine of IMAGE_ENGINES) {
  console.log(`\n### Standard pipeline on ${engine}\n`);
  console.log('| model | workers | ms an image | over SYNC | start-up ms |\n|---|---|---|---|---|');
  for (const row of rows.filter(({ work }) => work.kind === 'PIPELINE' && work.engine === engine)) {
    const baseline = rows.find(({ model, workers, work }) => {
      return model === 'SYNC' && workers === 1 && work.kind === 'PIPELINE' && work.engine === engine;
    });
    const ratios = row.samples.map((ms, round) => (baseline?.samples[round] ?? Number.NaN) / ms);
    const each = (median(row.samples) / IMAGES[engine]).toFixed(1);
    const { model, workers, startupMs } = row;
    console.log(
      `| ${model} | ${workers} | ${each} | ${median(ratios).toFixed(2)}x | ${startupMs.toFixed(0)} |`,
    );
  }
  const { ratios } = ceilings.find((ceiling) => ceiling.engine === engine) ?? { ratios: [] };
  console.log(`| two SYNC processes at once | | | ${median(ratios).toFixed(2)}x | |`);
}

console.log('\n### What a task costs besides its work, one worker\n');
console.log('| model | empty task, ms | 8 MB in, ms | 8 MB in and out, ms |\n|---|---|---|---|');
for (const model of CONCURRENCY_MODELS) {
  const [empty, into, back] = rows
    .filter((row) => row.model === model && row.work.kind !== 'PIPELINE')
    .map(({ samples, work }) => median(samples) / (work.kind === 'EMPTY' ? EMPTY_TASKS : MOVED.times));
  console.log(`| ${model} | ${empty?.toFixed(4)} | ${into?.toFixed(2)} | ${back?.toFixed(2)} |`);
}
console.log(`| bare worker_threads round trip | ${(median(bare.samples) / EMPTY_TASKS).toFixed(4)} | | |`);
process.exit();

async function open(cell: Cell): Promise<void> {
  const entry = fileURLToPath(new URL('./model-host.js', import.meta.url));
  const child = fork(entry, [JSON.stringify(cell)], {
    execArgv: [...WORKER_FLAGS],
    env: computeEnvironment(cell.workers),
  });
  child.once('exit', (code) => {
    throw new Error(`The process of ${JSON.stringify(cell)} ended: exit code ${code}`);
  });
  const [startupMs] = await once(child, 'message');
  const run = async (): Promise<number> => {
    child.send('RUN');
    return (await once(child, 'message'))[0];
  };
  rows.push({ ...cell, startupMs, samples: [], run });
}

/**
 * What the machine has to give: two processes of SYNC side by side, which share nothing but its caches and its memory.
 * No model can be expected to do better.
 */
function twoAlone(engine: ImageEngineName) {
  const pair = rows.filter(({ model, work }) => {
    return model === 'SYNC' && work.kind === 'PIPELINE' && work.engine === engine;
  });
  const ratios: number[] = [];
  const run = async (counts: boolean): Promise<void> => {
    const start = performance.now();
    const [alone = Number.NaN] = pair.map(({ samples }) => samples.at(-1));
    await Promise.all(pair.map((row) => row.run()));
    if (counts) ratios.push((alone * pair.length) / (performance.now() - start));
  };
  return { engine, ratios, run };
}

/** Messages to a thread and back, one after another, with nothing between. */
async function bareThread() {
  const code = `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (m) => parentPort.postMessage(m));`;
  const worker = new Worker(code, { eval: true });
  const samples: number[] = [];
  const run = async (counts: boolean): Promise<void> => {
    const start = performance.now();
    for (let i = 0; i < EMPTY_TASKS; i++) {
      worker.postMessage(i);
      await once(worker, 'message');
    }
    if (counts) samples.push(performance.now() - start);
  };
  return { samples, run };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
