/**
 * How long each operation takes on a 1920x1080 photo-like JPEG, JPEG in and JPEG out: JIMP, SHARP, and sharp called
 * directly, as in a pipeline written by hand. Prints a Markdown table of medians in milliseconds.
 *
 *   npm run perf engines [rounds]
 *
 * Each round runs everything once, so that other load on the machine affects all rows alike.
 */
import type { Sharp } from 'sharp';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import type { ImageEngineName } from '../src/imaging/engine-name.js';
import { sharp } from '../src/imaging/engines/sharp/sharp-library.js';
import { DEFAULT_IMAGING_LIMITS } from '../src/imaging/limits.js';
import { type Operation, STANDARD_PIPELINE } from '../src/imaging/operation.js';
import { processImage } from '../src/imaging/process-image.js';

const ROUNDS = Number(process.argv[2] ?? 15);
const WARM_UPS = 3;
const QUALITY = 80;
const JPEG: Operation = { kind: 'CONVERT', params: { format: 'JPEG', quality: QUALITY } };
const RESIZE: Operation = { kind: 'RESIZE', params: { width: 800, height: 450, fit: 'FILL' } };

interface Row {
  name: string;
  operations: readonly Operation[];
  direct: (pipeline: Sharp) => Sharp;
}

const overlay = await sharp({
  create: { width: 120, height: 20, channels: 4, background: '#ffffff80' },
})
  .png()
  .toBuffer();
const stamp = (pipeline: Sharp) => pipeline.composite([{ input: overlay, gravity: 'southeast' }]);

const rows: Row[] = [
  { name: 'JPEG alone', operations: [JPEG], direct: (p) => p },
  { name: 'resize to 800x450', operations: [RESIZE, JPEG], direct: (p) => p.resize(800, 450) },
  {
    name: 'blur, sigma 2',
    operations: [{ kind: 'BLUR', params: { sigma: 2 } }, JPEG],
    direct: (p) => p.blur(2),
  },
  {
    name: 'sharpen',
    operations: [{ kind: 'SHARPEN', params: { amount: 1 } }, JPEG],
    direct: (p) => p.sharpen(),
  },
  { name: 'grayscale', operations: [{ kind: 'GRAYSCALE', params: {} }, JPEG], direct: (p) => p.grayscale() },
  {
    name: 'rotate by 90°',
    operations: [{ kind: 'ROTATE', params: { degrees: 90, background: '#000000' } }, JPEG],
    direct: (p) => p.rotate(90),
  },
  {
    name: 'rotate by 30°',
    operations: [{ kind: 'ROTATE', params: { degrees: 30, background: '#000000' } }, JPEG],
    direct: (p) => p.rotate(30, { background: '#000000' }),
  },
  {
    name: 'watermark',
    operations: [
      { kind: 'WATERMARK', params: { text: 'nogil-bench', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
      JPEG,
    ],
    direct: stamp,
  },
  {
    name: 'standard pipeline',
    operations: STANDARD_PIPELINE,
    direct: (p) => stamp(p.resize(800, 450).blur(2).sharpen()),
  },
  {
    name: 'standard pipeline without watermark',
    operations: STANDARD_PIPELINE.filter(({ kind }) => kind !== 'WATERMARK'),
    direct: (p) => p.resize(800, 450).blur(2).sharpen(),
  },
];

const photo = await photoLikeJpeg(1);
const through = (engine: ImageEngineName) => (row: Row) =>
  processImage(photo, { engine, operations: row.operations, limits: DEFAULT_IMAGING_LIMITS });
const ways = {
  JIMP: through('JIMP'),
  SHARP: through('SHARP'),
  direct: (row: Row) => row.direct(sharp(photo)).jpeg({ quality: QUALITY }).toBuffer(),
};
type Way = keyof typeof ways;

const samples = new Map<string, number[]>();

async function measure(rounds: number, order: (round: number) => Way[]): Promise<void> {
  for (let round = -WARM_UPS; round < rounds; round++) {
    for (const row of rows) {
      for (const way of order(round)) {
        const start = performance.now();
        await ways[way](row);
        const key = `${row.name} ${way}`;
        if (round >= 0) samples.set(key, [...(samples.get(key) ?? []), performance.now() - start]);
      }
    }
  }
}

// The two that are compared closely alternate in order. JIMP runs separately, because its garbage would be collected
// in the time of the next one.
await measure(ROUNDS, (round) => (round % 2 === 0 ? ['SHARP', 'direct'] : ['direct', 'SHARP']));
await measure(Math.ceil(ROUNDS / 3), () => ['JIMP']);

const median = (row: Row, way: Way): number => {
  const sorted = (samples.get(`${row.name} ${way}`) ?? []).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
console.log(
  `Median of ${ROUNDS} rounds, milliseconds, one thread; 1920x1080 JPEG (${photo.length} bytes) to JPEG ${QUALITY}.\n`,
);
console.log('| | JIMP | SHARP | sharp called directly | SHARP, throughput of direct |');
console.log('|---|---:|---:|---:|---:|');
for (const row of rows) {
  const [jimp, ours, direct] = [median(row, 'JIMP'), median(row, 'SHARP'), median(row, 'direct')];
  const share = `${((100 * direct) / ours).toFixed(0)} %`;
  console.log(`| ${row.name} | ${jimp.toFixed(1)} | ${ours.toFixed(1)} | ${direct.toFixed(1)} | ${share} |`);
}
