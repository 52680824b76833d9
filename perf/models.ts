/**
 * The five concurrency models side by side: the standard pipeline on a 1920x1080 photo-like JPEG with each engine and
 * several numbers of workers, two processes of SYNC side by side for comparison, and the cost of dispatching an empty
 * task, of starting up and of moving 8 MB. Prints Markdown.
 *
 *   npm run perf models [rounds]
 *
 * Fewer than three rounds: a brief look, with fewer numbers of workers and smaller batches.
 * Each cell has a process of its own, one processor for each worker (`WORKER_FLAGS`). One run of every cell is one round,
 * in a random order, so that what else the machine does falls on all alike. Figures are medians; speed-ups are medians of
 * the ratios within a round, with the smallest and the largest.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { seededRandom, seedFrom, shuffled } from '../src/benchmark/statistics/random.js';
import { computeEnvironment } from '../src/execution/machine/compute-environment.js';
import { availableProcessors } from '../src/execution/machine/cpu-quota.js';
import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../src/execution/model.js';
import { WORKER_FLAGS } from '../src/execution/workers/worker-flags.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../src/imaging/engine-name.js';
import { effortOf } from './effort.js';
import type { Cell } from './model-host.js';
import { median, ratios, withSpread } from './ratio.js';

const { rounds: ROUNDS, warmUps: WARM_UPS, isBrief, words } = effortOf(7, 3);
/** Of a batch: so many on SHARP that its end, where some workers have nothing left to do, is a small part of it. */
const IMAGES: Record<ImageEngineName, number> = isBrief ? { JIMP: 2, SHARP: 16 } : { JIMP: 8, SHARP: 96 };
const CORES = availableProcessors();
const EMPTY_TASKS = 1_000;
const MOVED = { bytes: 8 * 2 ** 20, times: 5 } as const;

const MODELS_IN_PARALLEL: readonly ConcurrencyModel[] = ['THREADS', 'PROCESSES', 'ASYNC'];

interface Row extends Cell {
  startupMs: number;
  /** Milliseconds, one a round. */
  samples: number[];
  run: () => Promise<number>;
}

const rows: Row[] = [];
for (const model of CONCURRENCY_MODELS) {
  for (const engine of IMAGE_ENGINES) {
    for (const workers of workerCounts(model, engine)) {
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
  console.log(`${words}; batches of ${IMAGES[engine]} images.\n`);
  console.log('| model | workers | ms an image | over SYNC | start-up ms |\n|---|---|---|---|---|');
  for (const row of rows.filter(({ work }) => work.kind === 'PIPELINE' && work.engine === engine)) {
    const baseline = rows.find(({ model, workers, work }) => {
      return model === 'SYNC' && workers === 1 && work.kind === 'PIPELINE' && work.engine === engine;
    });
    const speedUps = ratios(baseline?.samples ?? [], row.samples);
    const each = (median(row.samples) / IMAGES[engine]).toFixed(1);
    const { model, workers, startupMs } = row;
    console.log(`| ${model} | ${workers} | ${each} | ${withSpread(speedUps)} | ${startupMs.toFixed(0)} |`);
  }
  const ceiling = ceilings.find((each) => each.engine === engine);
  console.log(`| two SYNC processes at once | | | ${withSpread(ceiling?.speedUps ?? [])} | |`);
  printBest(engine);
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
  const speedUps: number[] = [];
  const run = async (counts: boolean): Promise<void> => {
    const start = performance.now();
    const [alone = Number.NaN] = pair.map(({ samples }) => samples.at(-1));
    await Promise.all(pair.map((row) => row.run()));
    if (counts) speedUps.push((alone * pair.length) / (performance.now() - start));
  };
  return { engine, speedUps, run };
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

/** SHARP leaves a processor idle now and then, which more images in flight than processors fill. */
function workerCounts(model: ConcurrencyModel, engine: ImageEngineName): number[] {
  const several = engine === 'SHARP' && MODELS_IN_PARALLEL.includes(model);
  // SYNC with 1 and with 2 is also the pair of processes side by side.
  if (isBrief && model !== 'SYNC') return several ? [CORES, 2 * CORES] : [2];
  return several ? [1, CORES, CORES + 1, 2 * CORES, 4 * CORES] : [1, 2];
}

/** Prints the best setting of each model that uses every processor, relative to the best of them in each round. */
function printBest(engine: ImageEngineName): void {
  const bests = MODELS_IN_PARALLEL.map((model) => {
    const own = rows.filter(({ work, ...row }) => {
      return row.model === model && work.kind === 'PIPELINE' && work.engine === engine;
    });
    return own.toSorted((a, b) => median(a.samples) - median(b.samples))[0] as Row;
  });
  const least = Array.from({ length: ROUNDS }, (_, i) => {
    return Math.min(...bests.map(({ samples }) => samples[i] ?? Number.NaN));
  });
  console.log('\nThroughput of the best setting of each, the best of the round = 1:\n');
  for (const { model, workers, samples } of bests) {
    console.log(`- ${model} with ${workers}: ${withSpread(ratios(least, samples))}`);
  }
}
