import { beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { encodeJpeg } from '../../../src/imaging/codecs/jpeg/jpeg-encoder.js';
import type { ImageFormat } from '../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { type Operation, STANDARD_PIPELINE } from '../../../src/imaging/operation.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { blur, grayscale, resize, rotate, run, sharpen } from '../../support/fakes/run-engine.js';
import { withExif } from '../../support/images/jpeg-segments.js';
import { decode, paint, psnr, tiff } from '../../support/images/test-images.js';

const WIDTH = 320;
const HEIGHT = 213;

/**
 * The engines are held to each other by tolerance: above 35 dB two images are hard to tell apart, above 50 dB
 * only rounding differs.
 */
const CHAINS: [name: string, operations: Operation[], decibels: number][] = [
  ['nothing but decoding', [rotate(0)], 50],
  ['shrinking', [resize(140, 100)], 48],
  ['shrinking a lot', [resize(40, undefined)], 42],
  ['enlarging', [resize(500, undefined)], 50],
  ['COVER', [resize(100, 100, 'COVER')], 45],
  ['a slight blur', [blur(0.5)], 50],
  ['a blur of sigma 2', [blur(2)], 40],
  ['a strong blur', [blur(25)], 40],
  ['sharpening', [sharpen(1)], 45],
  ['strong sharpening', [sharpen(8)], 42],
  ['grayscale', [grayscale], 48],
  ['a turn on its side', [rotate(-90)], 50],
  ['a turn by 33 degrees', [rotate(33, '#ff000080')], 50],
  ['the standard pipeline', STANDARD_PIPELINE.slice(0, 4), 40],
  [
    'a long chain',
    [resize(250, 250, 'CONTAIN'), rotate(90), blur(1), rotate(15), sharpen(2), resize(100, 100, 'COVER')],
    35,
  ],
];

describe('JIMP and SHARP agree', () => {
  let photo: Uint8Array;
  let cutOut: Uint8Array;

  beforeAll(async () => {
    // Full colour resolution: decoders interpolate a lower one in different ways, which sharpening then shows.
    photo = encodeJpeg(photoLikeRaster(7, WIDTH, HEIGHT), 80, '4:4:4');
    // The photograph under a round hole with a soft edge, so that every alpha there is occurs.
    const pixels = await decode(photo);
    const hole = paint(WIDTH, HEIGHT, (x, y) => {
      const alpha = Math.max(0, Math.min(255, 4 * (Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) - 40)));
      return [0, 0, 0, Math.round(alpha)];
    });
    for (let i = 3; i < pixels.data.length; i += 4) pixels.data[i] = hole.data[i] ?? 0;
    cutOut = await tiff(pixels);
  });

  it.each(CHAINS)('on a photograph, after %s', async (_, operations, decibels) => {
    const [jimp, sharp] = [await run('JIMP', photo, ...operations), await run('SHARP', photo, ...operations)];
    expect([jimp.width, jimp.height]).toEqual([sharp.width, sharp.height]);
    expect(psnr(jimp, sharp)).toBeGreaterThan(decibels);
  });

  it.each(CHAINS)('with transparency, after %s', async (_, operations, decibels) => {
    const [jimp, sharp] = [
      await run('JIMP', cutOut, ...operations),
      await run('SHARP', cutOut, ...operations),
    ];
    expect([jimp.width, jimp.height]).toEqual([sharp.width, sharp.height]);
    expect(psnr(jimp, sharp)).toBeGreaterThan(decibels);
  });

  it.each([2, 5, 6, 8])(
    'on a photograph of EXIF orientation %s, in one pass with a resize',
    async (orientation) => {
      const turned = withExif(photo, orientation);
      for (const operations of [
        [resize(90, 50, 'COVER')],
        [resize(20, undefined)],
        [rotate(90)],
        [rotate(30)],
      ]) {
        const [jimp, sharp] = [
          await run('JIMP', turned, ...operations),
          await run('SHARP', turned, ...operations),
        ];
        expect([jimp.width, jimp.height]).toEqual([sharp.width, sharp.height]);
        // libjpeg shrinks while it decodes, which is a filter of its own.
        expect(psnr(jimp, sharp)).toBeGreaterThan(33);
      }
    },
  );

  it.each<[ImageFormat, number]>([
    ['JPEG', 30],
    ['TIFF', 50],
    ['GIF', 25],
  ])('as %s', async (format, decibels) => {
    const convert: Operation = { kind: 'CONVERT', params: { format } };
    const request = { operations: [convert], limits: DEFAULT_IMAGING_LIMITS };
    const jimp = await processImage(photo, { engine: 'JIMP', ...request });
    const sharp = await processImage(photo, { engine: 'SHARP', ...request });
    expect(psnr(await decode(jimp.bytes), await decode(sharp.bytes))).toBeGreaterThan(decibels);
  });
});
