/**
 * Variants of images a second: computed by the first request, served from the cache afterwards, and beside them IPX,
 * which computes each request and leaves caching to a proxy. The same photos, sizes, format and quality; some requests
 * in flight for each processor. The processes share the machine with the client. Prints a Markdown table of the medians
 * of rounds, which are interleaved; each round has sizes of its own.
 *
 *   npm run perf variants [rounds]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { ServerProcess } from '../../tests/support/servers/server-process.js';
import { effortOf } from '../effort.js';
import { median, ratios, withSpread } from '../ratio.js';

const { rounds: ROUNDS, warmUps: WARM_UPS, isBrief, words } = effortOf(5, 2);
const PHOTOS = 4;
/** Sizes of each photo in a round. */
const SIZES = isBrief ? 15 : 50;
/** Requests for each cached variant. */
const REPEATS = 6;
const QUALITY = 80;
const CORES = availableParallelism();
const IN_FLIGHT = 4 * CORES;
const ADDRESS = 'query ($id: ID!, $input: VariantInput!) { image(id: $id) { variantUrl(input: $input) } }';

interface Size {
  width: number;
  height: number;
}

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const photos = await Promise.all(Array.from({ length: PHOTOS }, (_, seed) => photoLikeJpeg(seed)));
await Promise.all(photos.map((photo, i) => writeFile(join(folder, `${i}.jpg`), photo)));

const server = await ServerProcess.start({ LOG_LEVEL: 'silent' });
const client = server.client();
await client.register();
const ids: string[] = [];
for (const photo of photos) ids.push((await client.upload(photo)).id);

const ipx = fork(new URL('./ipx-server.js', import.meta.url), [folder]);
const [ipxUrl] = (await once(ipx, 'message')) as [string];

/** Sizes from 320 to some 800 pixels; those of a round, which counts from 0, are in no other. */
const sizesOf = (round: number): Size[] =>
  Array.from({ length: SIZES }, (_, i) => ({ width: 320 + i * 10 + round, height: 180 + i * 6 }));

async function variantUrls(sizes: readonly Size[]): Promise<string[]> {
  const urls = sizes.flatMap((size) =>
    ids.map(async (id) => {
      const convert = { format: 'JPEG', quality: QUALITY };
      const operations = [{ resize: { ...size, fit: 'FILL' } }, { convert }];
      return (await client.get(ADDRESS, { id, input: { operations } })).image.variantUrl as string;
    }),
  );
  return Promise.all(urls);
}

function ipxUrls(sizes: readonly Size[]): string[] {
  const modifiers = ({ width, height }: Size) => `f_jpeg,q_${QUALITY},fit_fill,s_${width}x${height}`;
  return sizes.flatMap((size) => ids.map((_, i) => `${ipxUrl}/${modifiers(size)}/${i}.jpg`));
}

interface Measured {
  perSecond: number;
  medianMs: number;
  bytes: number;
}

async function measure(urls: readonly string[]): Promise<Measured> {
  const limit = pLimit(IN_FLIGHT);
  const start = performance.now();
  const answers = await Promise.all(
    urls.map((url) =>
      limit(async () => {
        const sent = performance.now();
        const response = await fetch(url);
        const { byteLength } = await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`${response.status} from ${url}`);
        return { ms: performance.now() - sent, byteLength };
      }),
    ),
  );
  const seconds = (performance.now() - start) / 1_000;
  const bytes = answers.reduce((sum, { byteLength }) => sum + byteLength, 0) / answers.length;
  return { perSecond: urls.length / seconds, medianMs: median(answers.map(({ ms }) => ms)), bytes };
}

const ways = ['first request: computed and stored', 'further requests: from the cache', 'IPX: each request'];
const samples: Measured[][] = ways.map(() => []);
for (let round = -WARM_UPS; round < ROUNDS; round++) {
  const sizes = sizesOf(round + WARM_UPS);
  const urls = await variantUrls(sizes);
  const measured = [
    await measure(urls),
    await measure(Array.from({ length: REPEATS }, () => urls).flat()),
    await measure(ipxUrls(sizes)),
  ];
  if (round >= 0) for (const [i, each] of measured.entries()) samples[i]?.push(each);
}
ipx.disconnect();
await server.dispose();
await rm(folder, { recursive: true, force: true });

const about = `${PHOTOS} photos of 1920x1080 in ${SIZES} sizes, JPEG of quality ${QUALITY}`;
console.log(
  `Medians: ${words}; ${about}, ${IN_FLIGHT} requests in flight, ${CORES} processors, the client among them.\n`,
);
console.log('| | variants a second | IPX = 1 | median ms | kB each |\n|---|---:|---:|---:|---:|');
const rates = samples.map((all) => all.map(({ perSecond }) => perSecond));
for (const [i, way] of ways.entries()) {
  const of = (value: (each: Measured) => number) => median((samples[i] ?? []).map(value));
  const kilobytes = of(({ bytes }) => bytes) / 1_000;
  const share = withSpread(ratios(rates[i] ?? [], rates.at(-1) ?? []));
  const row = [of((each) => each.perSecond).toFixed(1), share, of((each) => each.medianMs).toFixed(1)];
  console.log(`| ${way} | ${row.join(' | ')} | ${kilobytes.toFixed(1)} |`);
}
