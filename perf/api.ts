/**
 * Work through the API relative to bare sharp: `processImage` end to end (HTTP, sign-in, rows, compute host, result on
 * the disk and fsynced) against a loop that reads, runs sharp and writes. Each has two images in flight for each
 * processor: while one computes, the next is read and the last one stored. Prints images a second and the processor time
 * of an image, which other load on the machine changes less; rounds are interleaved. The server is warm, as the one of
 * `npm run perf batch`: its first images compile its code. On Linux.
 *
 *   npm run perf api [rounds]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Sharp } from 'sharp';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import { sharp } from '../src/imaging/engines/sharp/sharp-library.js';
import { cpuTicksOf, descendantsOf } from '../tests/support/servers/processes.js';
import { ServerProcess } from '../tests/support/servers/server-process.js';
import { effortOf } from './effort.js';
import { idleShare } from './idle.js';
import { median, ratios, withSpread } from './ratio.js';
import { STANDARD_INPUT } from './standard-input.js';

const { rounds: ROUNDS, warmUps: WARM_UPS, isBrief, words } = effortOf(5, 2);
const IMAGES = isBrief ? 60 : 200;
const CORES = availableParallelism();
const IN_FLIGHT = 2 * CORES;
/** On Linux. */
const TICK_MS = 10;
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }';

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const photo = await photoLikeJpeg(1);
const source = join(folder, 'source.jpg');
await writeFile(source, photo);
const overlay = await sharp({ create: { width: 120, height: 20, channels: 4, background: '#ffffff80' } })
  .png()
  .toBuffer();

const server = await ServerProcess.start({ LOG_LEVEL: 'silent' });
const client = server.client();
await client.register();
const { id: imageId } = await client.upload(photo, 'photo.jpg');

/** One way to compute images. */
interface Way {
  name: string;
  one(index: number): Promise<unknown>;
  /** Processes whose processor time counts. */
  processes(): Promise<number[]>;
}

/** One measured round of a way; times of an image in ms. */
interface Sample {
  ms: number;
  cpuMs: number;
  apiMs: number;
  /** In percent. */
  idle: number;
}

const own = async () => [process.pid];
const OURS: Way = {
  name: 'processImage over HTTP',
  one: () => client.get(PROCESS, { input: { imageId, operations: STANDARD_INPUT } }),
  processes: async () => [server.pid, ...(await descendantsOf(server.pid))],
};
const COMPOSITE: Way = {
  name: 'bare sharp, watermark by composite',
  one: (index) => bare(index, (p) => p.composite([{ input: overlay, gravity: 'southeast' }])),
  processes: own,
};
const WAYS = [
  OURS,
  COMPOSITE,
  { name: 'bare sharp, no watermark', one: (index: number) => bare(index, (p) => p), processes: own },
];

async function bare(index: number, stamp: (pipeline: Sharp) => Sharp): Promise<void> {
  const pipeline = sharp(await readFile(source))
    .resize(800, 450, { fit: 'fill' })
    .blur(2)
    .sharpen();
  await writeFile(join(folder, `${index}.jpg`), await stamp(pipeline).jpeg({ quality: 80 }).toBuffer());
}

async function measure({ one, processes }: Way): Promise<Sample> {
  const limit = pLimit(IN_FLIGHT);
  const pids = await processes();
  const before = { all: await cpuTicksOf(pids), api: await cpuTicksOf([server.pid]) };
  const start = performance.now();
  const { idle } = await idleShare(() =>
    Promise.all(Array.from({ length: IMAGES }, (_, index) => limit(() => one(index)))),
  );
  const ms = (performance.now() - start) / IMAGES;
  const of = (ticks: number) => (ticks * TICK_MS) / IMAGES;
  const cpuMs = of((await cpuTicksOf(pids)) - before.all);
  return { ms, cpuMs, apiMs: of((await cpuTicksOf([server.pid])) - before.api), idle: 100 * idle };
}

const samples = new Map<Way, Sample[]>(WAYS.map((way) => [way, []]));
for (let round = -WARM_UPS; round < ROUNDS; round++) {
  for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
    const sample = await measure(way);
    if (round >= 0) samples.get(way)?.push(sample);
  }
}
await server.dispose();
await rm(folder, { recursive: true, force: true });

const valuesOf = (way: Way, key: keyof Sample): number[] =>
  (samples.get(way) ?? []).map((sample) => sample[key]);
/** What processImage has of another way. */
const kept = (way: Way, key: 'ms' | 'cpuMs'): string =>
  withSpread(ratios(valuesOf(way, key), valuesOf(OURS, key)));

console.log(
  `Medians: ${words}, of ${IMAGES} images each; standard pipeline, 1920x1080 JPEG, ${CORES} processors.\n`,
);
console.log(
  '| | images a second | CPU of an image | processImage, images a second (this = 1) | images for the same CPU (this = 1) | processors idle |\n|---|---:|---:|---:|---:|---:|',
);
for (const way of WAYS) {
  const perSecond = (1_000 / median(valuesOf(way, 'ms'))).toFixed(1);
  const cpu = `${median(valuesOf(way, 'cpuMs')).toFixed(1)} ms`;
  const idle = `${median(valuesOf(way, 'idle')).toFixed(0)} %`;
  console.log(`| ${[way.name, perSecond, cpu, kept(way, 'ms'), kept(way, 'cpuMs'), idle].join(' | ')} |`);
}
console.log(`\nProcessor time of the API process: ${withSpread(valuesOf(OURS, 'apiMs'), 1)} ms an image`);
