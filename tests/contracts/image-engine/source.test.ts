import { beforeAll, describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { run } from '../../support/fakes/run-engine.js';
import { exif, withExif } from '../../support/images/jpeg-segments.js';
import { chunk, withChunk } from '../../support/images/png-chunks.js';
import {
  difference,
  jpeg,
  type Pixel,
  paint,
  pixelAt,
  png,
  quarters,
} from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
const PLACE = 'N\0\0\0';

/** An image that is `quarters(40, 24)` once its orientation has been applied. */
async function stored(orientation: number) {
  const upright = quarters(40, 24);
  const pixel = (x: number, y: number) => pixelAt(upright, x, y) as unknown as Pixel;
  const sideways = orientation >= 5;
  return paint(sideways ? 24 : 40, sideways ? 40 : 24, (x, y) => {
    const [u, v] = sideways ? [y, x] : [x, y];
    const fromRight = [2, 3, 6, 7].includes(orientation);
    const fromBottom = [3, 4, 7, 8].includes(orientation);
    return pixel(fromRight ? 39 - u : u, fromBottom ? 23 - v : v);
  });
}

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  it.each(ORIENTATIONS)('turns a JPEG of EXIF orientation %s upright', async (orientation) => {
    const photo = withExif(await jpeg(await stored(orientation)), orientation);
    expect(await inspectImage(photo, limits)).toEqual({ format: 'JPEG', width: 40, height: 24, frames: 1 });
    const result = await run(engine, photo);
    expect([result.width, result.height]).toEqual([40, 24]);
    for (const [x, y] of [
      [4, 4],
      [35, 4],
      [4, 19],
      [35, 19],
    ] as const) {
      expect(difference(pixelAt(result, x, y), pixelAt(quarters(40, 24), x, y))).toBeLessThan(8);
    }
  });

  it('turns a JPEG with two orientations as the first says', async () => {
    const photo = withExif(withExif(await jpeg(await stored(6)), 3), 6);
    expect(await inspectImage(photo, limits)).toMatchObject({ width: 40, height: 24 });
    const result = await run(engine, photo);
    expect(difference(pixelAt(result, 35, 4), [0, 255, 0, 255])).toBeLessThan(8);
    expect(difference(pixelAt(result, 4, 19), [0, 0, 255, 255])).toBeLessThan(8);
  });

  it.each(['PNG', 'TIFF'] as const)('turns a %s upright', async (format) => {
    const { data, width, height } = await stored(6);
    const pixels = sharp(data, { raw: { width, height, channels: 4 } });
    const bytes =
      format === 'PNG'
        ? withChunk(await png(await stored(6)), chunk('eXIf', exif(6)))
        : await pixels.withMetadata({ orientation: 6 }).tiff({ compression: 'lzw' }).toBuffer();
    expect(await inspectImage(bytes, limits)).toMatchObject({ width: 40, height: 24 });
    const result = await run(engine, bytes);
    expect(pixelAt(result, 35, 4)).toEqual([0, 255, 0, 255]);
    expect(pixelAt(result, 4, 19)).toEqual([0, 0, 255, 255]);
  });

  describe('drops metadata', () => {
    let photo: Buffer;
    beforeAll(async () => {
      photo = withExif(await jpeg(quarters(40, 24)), 1);
    });

    it.each(['JPEG', 'PNG', 'TIFF', 'GIF'] as const)(
      'from %s, the place it was taken at above all',
      async (format) => {
        expect(photo.includes(PLACE)).toBe(true);
        const convert: Operation = { kind: 'CONVERT', params: { format } };
        const { bytes } = await processImage(photo, { engine, operations: [convert], limits });
        const metadata = await sharp(bytes).metadata();
        expect(metadata).not.toHaveProperty('exif');
        expect(metadata).not.toHaveProperty('icc');
        expect(metadata).not.toHaveProperty('xmp');
        expect(metadata.orientation ?? 1).toBe(1);
        expect(Buffer.from(bytes).includes(PLACE)).toBe(false);
      },
    );
  });

  it.each([
    ['Display P3', 'p3'],
    ['CMYK', 'cmyk'],
  ])('brings the colours of %s to sRGB', async (_, profile) => {
    const colours = paint(
      60,
      20,
      (x) =>
        [
          [200, 60, 60, 255],
          [60, 160, 60, 255],
          [128, 128, 128, 255],
        ][Math.floor(x / 20)] as unknown as Pixel,
    );
    const source = sharp(await png(colours)).withIccProfile(profile);
    const bytes =
      profile === 'cmyk'
        ? await source.toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
        : await source.png().toBuffer();
    const result = await run(engine, bytes);
    // JIMP converts CMYK by formula, without the profile: the colour is right, its strength is not.
    const tolerance = profile === 'cmyk' ? (engine === 'JIMP' ? 80 : 30) : 3;
    for (const x of [10, 30, 50]) {
      expect(difference(pixelAt(result, x, 10), pixelAt(colours, x, 10))).toBeLessThan(tolerance);
    }
  });

  it.each([
    ['PNG', 'sRGB', 'srgb'],
    ['PNG', 'Display P3', 'p3'],
    ['TIFF', 'sRGB', 'srgb'],
    ['TIFF', 'Display P3', 'p3'],
    ...(engine === 'SHARP' ? [['AVIF', 'sRGB', 'srgb']] : []),
  ])('brings the colours of a deep %s with a profile of %s to sRGB', async (format, _, profile) => {
    const colours = [
      [255, 0, 0, 255],
      [200, 60, 60, 255],
      [128, 128, 128, 255],
    ] as const;
    const image = paint(60, 20, (x) => colours[Math.floor(x / 20)] as Pixel);
    const source = sharp(await png(image)).withIccProfile(profile as string);
    const deep =
      format === 'AVIF'
        ? await source.avif({ bitdepth: 10, quality: 100, chromaSubsampling: '4:4:4', effort: 0 }).toBuffer()
        : await source
            .toColourspace('rgb16')
            .toFormat(format === 'PNG' ? 'png' : 'tiff', { compression: 'lzw' })
            .toBuffer();
    expect(await sharp(deep).metadata()).toMatchObject({ space: 'rgb16', hasProfile: true });
    const watermark: Operation = {
      kind: 'WATERMARK',
      params: { text: '.', position: 'TOP_LEFT', opacity: 0 },
    };
    // In one pass, and through pixels.
    for (const operations of [[], [watermark]]) {
      const result = await run(engine, deep, ...operations);
      for (const [i, colour] of colours.entries()) {
        expect(difference(pixelAt(result, i * 20 + 10, 10), colour)).toBeLessThan(6);
      }
    }
  });

  it('reads 16 bits a channel and grey with transparency', async () => {
    const deep = await sharp(await png(quarters(40, 24)))
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    expect(pixelAt(await run(engine, deep), 35, 4)).toEqual([0, 255, 0, 255]);
    const grey = await sharp(await png(paint(20, 20, (x) => [90, 90, 90, x < 10 ? 0 : 255])))
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(2);
    const watermark: Operation = {
      kind: 'WATERMARK',
      params: { text: '.', position: 'TOP_LEFT', opacity: 0 },
    };
    const result = await run(engine, grey, { kind: 'GRAYSCALE', params: {} }, watermark);
    expect([pixelAt(result, 5, 18)[3], pixelAt(result, 15, 18)]).toEqual([0, [90, 90, 90, 255]]);
  });

  it('reads an APNG, and a TIFF with the tag of a raw photograph, as any other', async () => {
    const source = await png(quarters(40, 24));
    const frames = Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]);
    expect(pixelAt(await run(engine, withChunk(source, chunk('acTL', frames))), 35, 4)).toEqual([
      0, 255, 0, 255,
    ]);
    const tiff = await sharp(source).tiff({ compression: 'none' }).toBuffer();
    // The last tag, the kind of its samples, becomes PrintImageMatching, by which Sony's raw files are detected.
    const directory = tiff.readUInt32LE(4);
    tiff.writeUInt16LE(50_341, directory + 2 + (tiff.readUInt16LE(directory) - 1) * 12);
    expect(pixelAt(await run(engine, tiff), 35, 4)).toEqual([0, 255, 0, 255]);
  });
});
