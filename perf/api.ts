/**
 * Throughput of work through the API relative to bare sharp: `processImage` end to end (HTTP, sign-in, rows, compute
 * host, result on the disk and fsynced) against a loop that reads, runs sharp and writes. Each has two images in
 * flight for each processor: while one computes, the next is read and the last one stored. Prints a Markdown table;
 * rounds are interleaved.
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
import { ServerProcess } from '../tests/support/servers/server-process.js';
import { STANDARD_INPUT } from './standard-input.js';

const ROUNDS = Number(process.argv[2] ?? 5);
const IMAGES = 60;
const CORES = availableParallelism();
const IN_FLIGHT = 2 * CORES;
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

/** Images a second of one way. */
async function throughput(one: (index: number) => Promise<unknown>): Promise<number> {
  const limit = pLimit(IN_FLIGHT);
  const start = performance.now();
  await Promise.all(Array.from({ length: IMAGES }, (_, index) => limit(() => one(index))));
  return (IMAGES * 1000) / (performance.now() - start);
}

async function bare(index: number, stamp: (pipeline: Sharp) => Sharp): Promise<void> {
  const pipeline = sharp(await readFile(source))
    .resize(800, 450, { fit: 'fill' })
    .blur(2)
    .sharpen();
  await writeFile(join(folder, `${index}.jpg`), await stamp(pipeline).jpeg({ quality: 80 }).toBuffer());
}

const ways = {
  'processImage over HTTP': () =>
    throughput(() => client.get(PROCESS, { input: { imageId, operations: STANDARD_INPUT } })),
  'bare sharp, watermark by composite': () =>
    throughput((index) => bare(index, (p) => p.composite([{ input: overlay, gravity: 'southeast' }]))),
  'bare sharp, no watermark': () => throughput((index) => bare(index, (p) => p)),
};
type Way = keyof typeof ways;
const names = Object.keys(ways) as Way[];
const samples = new Map<Way, number[]>(names.map((name) => [name, []]));
for (let round = -1; round < ROUNDS; round++) {
  for (const name of names) {
    const perSecond = await ways[name]();
    if (round >= 0) samples.get(name)?.push(perSecond);
  }
}
await server.dispose();
await rm(folder, { recursive: true, force: true });

const median = (name: Way): number =>
  samples.get(name)?.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
const api = median('processImage over HTTP');
console.log(
  `Median of ${ROUNDS} rounds of ${IMAGES} images, standard pipeline, 1920x1080 JPEG, ${CORES} processors.\n`,
);
console.log('| | images a second | processImage keeps |\n|---|---:|---:|');
for (const name of names) {
  console.log(`| ${name} | ${median(name).toFixed(1)} | ${((100 * api) / median(name)).toFixed(0)} % |`);
}
