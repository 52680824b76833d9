import { describe, expect, it } from '@jest/globals';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like.js';
import { decodeTiff } from '../../../src/imaging/codecs/tiff-decoder.js';
import { encodeTiff } from '../../../src/imaging/codecs/tiff-encoder.js';
import { sharp } from '../../../src/imaging/engines/sharp-library.js';
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
    expect(psnr(decodeTiff(file), await decode(file))).toBeGreaterThan(50);
  });

  it('many strips', async () => {
    const tall = photoLikeRaster(9, 64, 600);
    const file = await sharp(tall.data, { raw: { width: 64, height: 600, channels: 4 } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect(psnr(decodeTiff(file), tall)).toBe(Number.POSITIVE_INFINITY);
  });
});

it.each([
  ['tiles', () => photo().tiff({ tile: true })],
  ['JPEG inside', () => photo().removeAlpha().tiff({ compression: 'jpeg' })],
  [
    'fax',
    () => photo().flatten().threshold().toColourspace('b-w').tiff({ compression: 'ccittfax4', bitdepth: 1 }),
  ],
  ['CMYK', () => photo().removeAlpha().toColourspace('cmyk').tiff({ compression: 'lzw' })],
  ['floats', () => photo().removeAlpha().toColourspace('scrgb').tiff({ compression: 'lzw' })],
])('decodeTiff says that it cannot do %s', async (_, source) => {
  const file = await source().toBuffer();
  expect(() => decodeTiff(file)).toThrow(
    expect.objectContaining({
      code: 'UNSUPPORTED_MEDIA',
      message: 'The TIFF file is of a kind that JIMP cannot decode; SHARP may',
    }),
  );
});

it('encodeTiff writes what libvips reads, with and without transparency', async () => {
  for (const pixels of [data, thirdsData]) {
    const file = encodeTiff({ data: pixels, width, height, channels: 4 });
    expect((await sharp(file).metadata()).channels).toBe(pixels === data ? 3 : 4);
    expect(psnr(await decode(file), { data: pixels, width, height })).toBe(Number.POSITIVE_INFINITY);
  }
});
