import { describe, expect, it } from '@jest/globals';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { decodeTiff } from '../../../src/imaging/codecs/tiff/tiff-decoder.js';
import { encodeTiff } from '../../../src/imaging/codecs/tiff-encoder.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { decode, psnr, transparentThirds } from '../../support/images/test-images.js';

const { data, width, height } = photoLikeRaster(9, 61, 43);
const photo = () => sharp(data, { raw: { width, height, channels: 4 } });
const { data: thirdsData } = transparentThirds(61, 43);
const thirds = () => sharp(thirdsData, { raw: { width, height, channels: 4 } });

describe('decodeTiff reads as libvips does', () => {
  it.each([
    ['not packed', () => photo().tiff({ compression: 'none' })],
    ['LZW', () => photo().tiff({ compression: 'lzw' })],
    [
      'LZW with differences',
      () => photo().removeAlpha().tiff({ compression: 'lzw', predictor: 'horizontal' }),
    ],
    ['deflate', () => photo().tiff({ compression: 'deflate', predictor: 'none' })],
    ['deflate with differences', () => photo().tiff({ compression: 'deflate', predictor: 'horizontal' })],
    ['PackBits', () => photo().tiff({ compression: 'packbits' })],
    ['transparency', () => thirds().tiff({ compression: 'lzw' })],
    ['grey', () => photo().removeAlpha().toColourspace('b-w').tiff({ compression: 'lzw' })],
    ['grey with transparency', () => thirds().toColourspace('b-w').tiff({ compression: 'lzw' })],
    [
      '16 bits',
      () => photo().toColourspace('rgb16').tiff({ compression: 'deflate', predictor: 'horizontal' }),
    ],
    [
      '1 bit',
      () => photo().flatten().threshold().toColourspace('b-w').tiff({ compression: 'packbits', bitdepth: 1 }),
    ],
    [
      '1 bit, white is zero',
      () =>
        photo()
          .flatten()
          .threshold()
          .toColourspace('b-w')
          .tiff({ compression: 'packbits', bitdepth: 1, miniswhite: true }),
    ],
    [
      '4 bits',
      () =>
        photo()
          .flatten()
          .toColourspace('b-w')
          .tiff({ compression: 'deflate', predictor: 'none', bitdepth: 4 }),
    ],
  ])('%s', async (_, source) => {
    const file = await source().toBuffer();
    expect(psnr(decodeTiff(file).raster, await decode(file))).toBeGreaterThan(50);
  });

  it('many strips', async () => {
    const tall = photoLikeRaster(9, 64, 600);
    const file = await sharp(tall.data, { raw: { width: 64, height: 600, channels: 4 } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect(psnr(decodeTiff(file).raster, tall)).toBe(Number.POSITIVE_INFINITY);
  });
});

it.each([
  ['tiles', () => photo().tiff({ tile: true, tileWidth: 16, tileHeight: 16, compression: 'lzw' })],
  ['JPEG inside', () => photo().removeAlpha().tiff({ compression: 'jpeg', quality: 90 })],
  ['JPEG of gray inside', () => photo().removeAlpha().toColourspace('b-w').tiff({ compression: 'jpeg' })],
  [
    'JPEG in tiles',
    () => photo().removeAlpha().tiff({ compression: 'jpeg', tile: true, tileWidth: 16, tileHeight: 16 }),
  ],
  [
    'fax of Group 4',
    () => photo().flatten().threshold().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }),
  ],
])('decodeTiff reads %s as libvips does', async (_, source) => {
  const file = await source().toBuffer();
  expect(psnr(decodeTiff(file).raster, await decode(file))).toBeGreaterThan(50);
});

it('encodeTiff writes what libvips reads, with and without transparency', async () => {
  for (const pixels of [data, thirdsData]) {
    const file = encodeTiff({ data: pixels, width, height, channels: 4 });
    expect((await sharp(file).metadata()).channels).toBe(pixels === data ? 3 : 4);
    expect(psnr(await decode(file), { data: pixels, width, height })).toBe(Number.POSITIVE_INFINITY);
  }
});
