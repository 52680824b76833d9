import { seededRandom } from '../../src/benchmark/statistics/random.js';
import { chunkBomb, headersOf, interlacedBomb } from '../support/hostile-pictures.js';
import { mutate } from './mutations.js';
import { type Seed, seedPictures } from './seed-pictures.js';

/** Files made to hurt, beside those that chance makes. */
function bombs(): Seed[] {
  const huge = [1, 60_000, 65_535];
  const headers = Object.entries(headersOf).flatMap(([format, header]) =>
    huge.map((side) => ({ name: `${format} header ${side}`, bytes: header(side, side) })),
  );
  return [
    ...headers,
    { name: 'PNG interlaced bomb', bytes: interlacedBomb(200) },
    ...(['zTXt', 'iCCP', 'iTXt'] as const).map((name) => ({
      name: `PNG ${name} bomb`,
      bytes: chunkBomb(name, 100),
    })),
    { name: 'GIF of many frames', bytes: headersOf.GIF(500, 500, 20_000) },
    { name: 'TIFF of many pages', bytes: headersOf.TIFF(900, 900, { pages: 900 }) },
    { name: 'TIFF of endless pages', bytes: headersOf.TIFF(9, 9, { pages: 3, endless: true }) },
    { name: 'TIFF of one huge tile', bytes: headersOf.TIFF(9, 9, { tile: 60_000 }) },
  ];
}

/** The smallest seed of each format, cut off at every byte. */
function* truncations(seeds: readonly Seed[]): Generator<Seed> {
  const bySize = seeds.toSorted((a, b) => a.bytes.length - b.bytes.length);
  const formats = new Map(bySize.toReversed().map((seed) => [seed.name.split(' ')[0], seed]));
  for (const { name, bytes } of formats.values()) {
    for (let end = 0; end < bytes.length; end++) {
      yield { name: `${name} cut off at ${end}`, bytes: bytes.subarray(0, end) };
    }
  }
}

export interface InputOptions {
  seed: number;
  count: number;
  /** Left out, chance alone decides where files are cut off. */
  everyTruncation?: boolean;
}

/** Whole pictures, bombs, every truncation, and then mutations until there are as many as asked for. */
export async function* imageInputs({
  seed,
  count,
  everyTruncation = false,
}: InputOptions): AsyncGenerator<Seed> {
  const below = seededRandom(seed);
  const seeds = await seedPictures();
  const any = () => seeds[below(seeds.length)] as Seed;
  let made = 0;
  for (const input of [...seeds, ...bombs(), ...(everyTruncation ? truncations(seeds) : [])]) {
    if (made++ === count) return;
    yield input;
  }
  for (; made < count; made++) {
    const { name, bytes } = any();
    yield { name: `${name} mutated`, bytes: mutate(bytes, any().bytes, below) };
  }
}
