import { describe, expect, it } from '@jest/globals';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { decodeGif } from '../../../src/imaging/codecs/gif-decoder.js';
import { encodeGif } from '../../../src/imaging/codecs/gif-encoder.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { decode, type Pixels, psnr, quarters, transparentThirds } from '../../support/images/test-images.js';

const gif = ({ data, width, height }: Pixels, options = {}) =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .gif(options)
    .toBuffer();

describe('decodeGif reads as libvips does', () => {
  it.each<[string, Pixels, object]>([
    ['two codes of one bit', quarters(1, 1), {}],
    ['few colours', quarters(30, 20), {}],
    ['transparency', transparentThirds(30, 20), {}],
    ['256 colours, through a full table of codes', photoLikeRaster(3, 150, 110), {}],
    ['interlaced rows', photoLikeRaster(3, 33, 29), { progressive: true }],
  ])('%s', async (_, image, options) => {
    const file = await gif(image, options);
    expect(psnr(decodeGif(file), await decode(file))).toBe(Number.POSITIVE_INFINITY);
  });

  it('a frame that does not fill its screen, with a local palette', () => {
    const file = Buffer.concat([
      Buffer.from('GIF89a\x03\0\x02\0\0\0\0', 'latin1'),
      Buffer.from([0x2c, 1, 0, 1, 0, 2, 0, 1, 0, 0x80, 255, 0, 0, 0, 0, 255]),
      // Codes of three bits, the lowest first: clear, 0, 1, end.
      Buffer.from([2, 2, 0b01000100, 0b00001010, 0, 0x3b]),
    ]);
    const { data, width, height } = decodeGif(file);
    expect([width, height]).toEqual([3, 2]);
    expect([...data]).toEqual([...new Array(16).fill(0), 255, 0, 0, 255, 0, 0, 255, 255]);
  });
});

it('decodeGif ends on codes that lead in a circle', () => {
  const file = Buffer.from(
    'R0lGODlhQAAwAIAAAExpcQAAACH5BAUAAAAALAAAAABAADAAAAI5hI+py+0Po5y02ouz3rz7D4bi////f6bqyrbuC8fyTNf2jef6zvf+DwwKh8Si8YhMKpfMpvMJjSYLADs=',
    'base64',
  );
  expect(() => decodeGif(file)).toThrow(RangeError);
});

it('encodeGif writes what libvips reads', async () => {
  for (const image of [quarters(31, 17), quarters(1, 1)]) {
    const file = encodeGif({ ...image, channels: 4 });
    expect(psnr(await decode(file), image)).toBe(Number.POSITIVE_INFINITY);
  }
});
