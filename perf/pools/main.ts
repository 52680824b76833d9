/**
 * Throughput, processor time, idle processors and memory by pool and images in flight, for both engines, and by the settings of
 * glibc's allocator: the measurement behind the defaults of IMAGES_IN_FLIGHT, WORKER_POOL and `MALLOC_*`. Every
 * arrangement has a process of its own that reads 1920x1080 photo-like JPEGs, runs the standard pipeline and writes the
 * results. Prints Markdown.
 *
 *   npm run perf pools [rounds]
 *
 * Fewer than three rounds: a brief look, with fewer arrangements and smaller batches.
 * The arrangements of a table run one after another in each round, in a random order. Ratios are to the best of the
 * table within the round. Memory is measured after the last round.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { seededRandom, seedFrom, shuffled } from '../../src/benchmark/statistics/random.js';
import { HELD_MALLOC } from '../../src/execution/machine/compute-environment.js';
import { availableProcessors } from '../../src/execution/machine/cpu-quota.js';
import type { ImageEngineName } from '../../src/imaging/engine-name.js';
import { type Arrangement, BareRun } from '../bare/bare.js';
import { effortOf } from '../effort.js';
import { idleShare } from '../idle.js';
import { median, ratios, withSpread } from '../ratio.js';

const { rounds: ROUNDS, warmUps: WARM_UPS, isBrief, words } = effortOf(7, 2);
const IMAGES: Record<ImageEngineName, number> = isBrief ? { SHARP: 24, JIMP: 4 } : { SHARP: 96, JIMP: 12 };
const PHOTOS = 8;
const CORES = availableProcessors();

interface Row {
  name: string;
  bare: BareRun;
  samples: number[];
  idle: number[];
  /** Processor time of its processes, in milliseconds. */
  cpuMs: number[];
}

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const photos = Array.from({ length: PHOTOS }, (_, i) => join(folder, `${i}.jpg`));
await Promise.all(photos.map(async (file, seed) => writeFile(file, await photoLikeJpeg(seed))));
const below = seededRandom(seedFrom('pools'));

for (const engine of ['SHARP', 'JIMP'] as const) {
  const factors = engine === 'JIMP' || isBrief ? [1, 2] : [1, 1.5, 2, 3, 4];
  const inFlight = factors.map((factor) => Math.round(factor * CORES));
  const arrangements = (['THREADS', 'PROCESSES', 'ASYNC'] as const).flatMap((model) =>
    // On JIMP, ASYNC computes one image at a time, whatever is in flight.
    (engine === 'JIMP' && model === 'ASYNC' ? [] : inFlight).map((each): [string, Arrangement] => [
      `${model}, ${each} in flight`,
      { model, engine, inFlight: each },
    ]),
  );
  await compare(`${engine}: pools and images in flight`, engine, arrangements);
}

const unset = Object.fromEntries(Object.keys(HELD_MALLOC).map((name) => [name, undefined]));
const MALLOC: Record<string, Readonly<Record<string, string | undefined>>> = {
  'as set': {},
  'glibc without settings': unset,
  'MALLOC_ARENA_MAX=2 alone': { ...unset, MALLOC_ARENA_MAX: '2' },
  'thresholds of 128 KiB': {
    ...{ MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' },
  },
  'thresholds of 32 MiB': {
    ...{ MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TRIM_THRESHOLD_: '33554432' },
  },
};
for (const model of ['THREADS', 'PROCESSES'] as const) {
  const arrangement = { model, engine: 'SHARP', inFlight: 2 * CORES } as const;
  const rows = Object.entries(MALLOC).map(([name, environment]): [string, Arrangement] => [
    name,
    { ...arrangement, environment },
  ]);
  await compare(`SHARP, ${model}, ${2 * CORES} in flight: allocator`, 'SHARP', rows);
}
await rm(folder, { recursive: true, force: true });

async function compare(
  title: string,
  engine: ImageEngineName,
  arrangements: readonly (readonly [string, Arrangement])[],
): Promise<void> {
  const files = Array.from({ length: IMAGES[engine] }, (_, i) => photos[i % PHOTOS] as string);
  const rows: Row[] = [];
  for (const [name, arrangement] of arrangements) {
    const bare = await BareRun.start({ arrangement, files, folder });
    rows.push({ name, bare, samples: [], idle: [], cpuMs: [] });
  }
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (const row of shuffled(rows, below)) {
      const before = await row.bare.cpuMs();
      const { result, idle } = await idleShare(() => row.bare.run());
      if (round < 0) continue;
      row.samples.push(result);
      row.idle.push(idle);
      row.cpuMs.push((await row.bare.cpuMs()) - before);
    }
  }
  const best = Array.from({ length: ROUNDS }, (_, i) =>
    Math.min(...rows.map(({ samples }) => samples[i] ?? 0)),
  );
  console.log(`\n### ${title}\n`);
  console.log(`${CORES} processors; ${words}; batches of ${files.length} images.\n`);
  console.log(
    '| | ms an image | throughput, best of the round = 1 | processor ms an image | idle | memory, MB |',
  );
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const { name, bare, samples, idle, cpuMs } of rows) {
    const ms = (median(samples) / files.length).toFixed(2);
    const share = `${(100 * median(idle)).toFixed(0)} %`;
    const cpu = (median(cpuMs) / files.length).toFixed(1);
    const memory = (await bare.memoryMb()).toFixed(0);
    console.log(`| ${name} | ${ms} | ${withSpread(ratios(best, samples))} | ${cpu} | ${share} | ${memory} |`);
    bare.stop();
  }
}
