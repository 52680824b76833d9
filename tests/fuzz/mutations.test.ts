import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../src/benchmark/statistics/random.js';
import { sharp } from '../../src/imaging/engines/sharp/sharp-library.js';
import { first, INPUT_KINDS, imageInputs } from './image-inputs.js';
import { partsOf } from './image-parts.js';
import { type Seed, seedImages } from './seed-images.js';

describe('the parts of an image', () => {
  let seeds: Seed[];
  beforeAll(async () => {
    seeds = await seedImages();
  });

  it('make the same image when they are put together as they were', async () => {
    for (const { name, bytes } of seeds) {
      const { parts, build } = partsOf(bytes, seededRandom(1));
      const built = build(parts);
      if (!name.startsWith('TIFF')) expect([name, Buffer.from(built).equals(bytes)]).toEqual([name, true]);
      else {
        // The tags are written to another place of the file, so the bytes differ.
        expect([name, partsOf(built, seededRandom(1)).parts]).toEqual([name, parts]);
        expect([name, await pixelsOrError(built)]).toEqual([name, await pixelsOrError(bytes)]);
      }
    }
  });

  it('are found at every level of nested boxes', () => {
    const below = seededRandom(1);
    for (const { name, bytes } of seeds) {
      const counts = Array.from({ length: 20 }, () => partsOf(bytes, below).parts.length);
      // A simple WEBP is one chunk.
      if (!name.startsWith('WEBP')) expect([name, Math.max(...counts) > 2]).toEqual([name, true]);
      if (name === 'AVIF' || name === 'WEBP frames') expect(new Set(counts).size).toBeGreaterThan(1);
    }
  });

  it('have sizes that count them all', () => {
    const find = (name: string) => seeds.find((seed) => seed.name === name)?.bytes ?? Buffer.alloc(0);
    const webp = partsOf(find('WEBP'), seededRandom(1));
    const twice = Buffer.from(webp.build([...webp.parts, ...webp.parts]));
    expect(twice.readUInt32LE(4)).toBe(twice.length - 8);
    const gone = Buffer.from(webp.build([]));
    expect([gone.length, gone.readUInt32LE(4)]).toEqual([12, 4]);
  });

  it('have correct checksums after a mutation', () => {
    const { parts, build } = partsOf(
      seeds.find(({ name }) => name === 'PNG')?.bytes ?? Buffer.alloc(0),
      seededRandom(1),
    );
    const changed = parts.map((part) => Buffer.from(part).fill(7, 8, part.length - 4));
    let png = Buffer.from(build(changed)).subarray(8);
    for (const { length } of changed) {
      expect(png.readUInt32BE(length - 4)).toBe(crc32(png.subarray(4, length - 4)));
      png = png.subarray(length);
    }
    expect(png).toHaveLength(0);
  });
});

describe('the inputs', () => {
  const some = async (seed: number) => {
    const kinds: string[] = [];
    const hash = createHash('sha256');
    for await (const { kind, bytes } of first(imageInputs(seed), { count: 200 })) {
      kinds.push(kind);
      hash.update(bytes);
    }
    return { kinds, digest: hash.digest('hex') };
  };

  it('are the same for the same seed, and others for another', async () => {
    const [one, again, other] = [await some(1), await some(1), await some(2)];
    expect(again.digest).toBe(one.digest);
    expect(other.digest).not.toBe(one.digest);
  });

  it('are of every kind, also when they are few', async () => {
    const counts = Map.groupBy((await some(3)).kinds, (kind) => kind);
    for (const kind of INPUT_KINDS.filter((kind) => kind !== 'KEPT')) {
      expect(counts.get(kind)?.length).toBeGreaterThan(20);
    }
  });

  it('end when the deadline has passed', async () => {
    let inputs = 0;
    for await (const _ of first(imageInputs(1), { count: 1_000, seconds: 0 })) inputs++;
    expect(inputs).toBeLessThan(1_000);
  });
});

/** The pixels in hexadecimal, or libvips' reason where it does not read this kind of sample. */
async function pixelsOrError(bytes: Uint8Array): Promise<string> {
  return sharp(bytes)
    .raw()
    .toBuffer()
    .then((pixels) => pixels.toString('hex'), String);
}
