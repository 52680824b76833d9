/**
 * Memory that one image takes in a compute host with one worker: at its peak, for each pixel (of all frames), and
 * afterwards. The estimates of `src/execution/host/memory-estimate.ts` come from here. Linux only. Prints a Markdown table.
 *
 *   npm run perf memory
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { descendants } from '../src/benchmark/measure/meters/process-tree.js';
import { ComputeHostClient } from '../src/execution/host/compute-host.client.js';
import type { ImageInfo } from '../src/imaging/engine-info.js';
import type { ImageEngineName } from '../src/imaging/engine-name.js';
import { sharp } from '../src/imaging/engines/sharp/sharp-library.js';
import { DEFAULT_IMAGING_LIMITS } from '../src/imaging/limits.js';
import type { Operation } from '../src/imaging/operation.js';
import { openStorage } from '../src/storage/open-storage.js';

const MEBIBYTE = 2 ** 20;
const SAMPLE_MS = 10;

const SHRINK: Operation = { kind: 'RESIZE', params: { width: 800, fit: 'CONTAIN' } };
const BLUR: Operation = { kind: 'BLUR', params: { sigma: 2 } };
const ROTATE: Operation = { kind: 'ROTATE', params: { degrees: 10, background: '#00000080' } };
const as = (format: 'JPEG' | 'PNG' | 'WEBP'): Operation => ({ kind: 'CONVERT', params: { format } });

const PHOTO: ImageInfo = { format: 'JPEG', width: 6_000, height: 4_000, frames: 1 };
const ANIMATION: ImageInfo = { format: 'GIF', width: 640, height: 480, frames: 100 };
type Source = ImageInfo;

/** A gradient that moves from frame to frame. */
function pixels({ width, height, frames }: Source): Buffer {
  const data = Buffer.alloc(width * height * frames * 3);
  for (let row = 0, at = 0; row < height * frames; row++) {
    const shift = 7 * Math.floor(row / height);
    for (let x = 0; x < width; x++, at += 3) {
      data[at] = (x + shift) >> 4;
      data[at + 1] = (row + shift) >> 4;
      data[at + 2] = (x ^ row) & 255;
    }
  }
  return data;
}

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const storage = openStorage(pathToFileURL(folder).href);
const raw = (source: Source) =>
  sharp(pixels(source), {
    raw: {
      ...{ width: source.width, height: source.height * source.frames, channels: 3 },
      ...(source.frames > 1 && { pageHeight: source.height }),
    },
    limitInputPixels: false,
  });
await storage.write('photo.jpg', await raw(PHOTO).jpeg().toBuffer());
await storage.write('animation.gif', await raw(ANIMATION).gif({ effort: 1 }).toBuffer());

const memory = () => descendants().reduce((sum, { ownBytes }) => sum + ownBytes, 0);

async function measure(
  key: 'photo.jpg' | 'animation.gif',
  engine: ImageEngineName,
  operations: readonly Operation[],
): Promise<{ peak: number; after: number }> {
  const client = await ComputeHostClient.start({
    ...{
      storageUrl: pathToFileURL(folder).href,
      workers: 1,
      imagesInFlight: 1,
      pool: 'THREADS',
      taskTimeoutMs: 200_000,
      engines: Promise.resolve([]),
    },
    ...{ imagingLimits: DEFAULT_IMAGING_LIMITS, hostMemoryMb: 8_192, workerMemoryMb: 1_024, queueLimit: 1 },
  });
  const before = memory();
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, memory() - before);
  }, SAMPLE_MS);
  const source = key === 'photo.jpg' ? PHOTO : ANIMATION;
  await client.process({ sourceKey: key, source, resultKey: 'result', engine, operations, owner: 'perf' });
  clearInterval(timer);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = memory() - before;
  await client.close();
  return { peak, after };
}

const rows = [
  ['JPEG of 24 megapixels, shrunk', 'photo.jpg', 'JIMP', [SHRINK, as('JPEG')]],
  ['JPEG of 24 megapixels, blurred', 'photo.jpg', 'JIMP', [BLUR, as('JPEG')]],
  [
    'JPEG of 24 megapixels, rotated on a half-transparent background',
    'photo.jpg',
    'JIMP',
    [ROTATE, as('PNG')],
  ],
  ['JPEG of 24 megapixels, shrunk', 'photo.jpg', 'SHARP', [SHRINK, as('JPEG')]],
  ['JPEG of 24 megapixels, blurred', 'photo.jpg', 'SHARP', [BLUR, as('JPEG')]],
  ['GIF of 100 frames of 640x480, blurred, as WEBP', 'animation.gif', 'SHARP', [BLUR, as('WEBP')]],
] as const;
console.log('| image | engine | peak MiB | bytes a pixel | afterwards MiB |\n|---|---|---:|---:|---:|');
for (const [name, key, engine, operations] of rows) {
  const { peak, after } = await measure(key, engine, operations);
  const { width, height, frames } = key === 'photo.jpg' ? PHOTO : ANIMATION;
  const perPixel = peak / (width * height * frames);
  const cells = [(peak / MEBIBYTE).toFixed(0), perPixel.toFixed(1), (after / MEBIBYTE).toFixed(0)];
  console.log(`| ${name} | ${engine} | ${cells.join(' | ')} |`);
}
await rm(folder, { recursive: true, force: true });
