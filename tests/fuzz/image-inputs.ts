import { seededRandom, shuffled } from '../../src/benchmark/statistics/random.js';
import { chunkBomb, headersOf, interlacedBomb } from '../support/images/hostile-images.js';
import { mutate } from './mutations.js';
import { mutateParts } from './part-mutations.js';
import { type Seed, seedImages } from './seed-images.js';

export const INPUT_KINDS = ['KEPT', 'WHOLE', 'BOMB', 'CUT OFF', 'BYTES CHANGED', 'PARTS CHANGED'] as const;

/** A file to try, and how it was made. */
export interface ImageInput extends Seed {
  kind: (typeof INPUT_KINDS)[number];
}

let made: Seed[] | undefined;

/** Hostile files made by hand, in addition to random ones. Made once, because compressing them takes seconds. */
function bombs(): Seed[] {
  made ??= makeBombs();
  return made;
}

function makeBombs(): Seed[] {
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

const formatOf = ({ name }: Seed) => name.split(' ')[0];

/** The smallest seed of each format, cut off at every byte. */
function truncations(seeds: readonly Seed[]): Seed[] {
  const bySize = seeds.toSorted((a, b) => a.bytes.length - b.bytes.length);
  const formats = new Map(bySize.toReversed().map((seed) => [formatOf(seed), seed]));
  return [...formats.values()].flatMap(({ name, bytes }) =>
    Array.from(bytes, (_, end) => ({ name: `${name} cut off at ${end}`, bytes: bytes.subarray(0, end) })),
  );
}

/**
 * Whole images and bombs; then, in turn and endlessly, one that is cut off (each once, in any order), one with
 * bytes changed and one with parts changed. The same for the same seed.
 */
export async function* imageInputs(seed: number): AsyncGenerator<ImageInput> {
  const below = seededRandom(seed);
  const seeds = await seedImages();
  const oneOf = (some: readonly Seed[]) => some[below(some.length)] as Seed;
  for (const whole of seeds) yield { ...whole, kind: 'WHOLE' };
  for (const bomb of bombs()) yield { ...bomb, kind: 'BOMB' };
  const cuts = shuffled(truncations(seeds), below);
  for (;;) {
    const cut = cuts.pop();
    if (cut !== undefined) yield { ...cut, kind: 'CUT OFF' };
    const some = oneOf(seeds);
    const bytes = mutate(some.bytes, oneOf(seeds).bytes, below);
    yield { kind: 'BYTES CHANGED', name: `${some.name}, bytes changed`, bytes };
    const other = oneOf(seeds);
    const donor = oneOf(seeds.filter((seed) => formatOf(seed) === formatOf(other)));
    const rebuilt = mutateParts(other.bytes, donor.bytes, below);
    yield { kind: 'PARTS CHANGED', name: `${other.name}, parts changed`, bytes: rebuilt };
  }
}

/** Limits the number of files and the time. */
export async function* first(
  inputs: AsyncIterable<ImageInput>,
  { count, seconds = Number.POSITIVE_INFINITY }: { count: number; seconds?: number },
): AsyncGenerator<ImageInput> {
  const end = performance.now() + seconds * 1000;
  let taken = 0;
  for await (const input of inputs) {
    if (taken++ === count || performance.now() > end) return;
    yield input;
  }
}
