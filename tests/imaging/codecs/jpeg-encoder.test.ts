import { describe, expect, it } from '@jest/globals';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { encodeJpeg } from '../../../src/imaging/codecs/jpeg/jpeg-encoder.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { decode, psnr } from '../../support/images/test-images.js';

describe('encodeJpeg', () => {
  it.each([
    [1, '4:2:0'],
    [30, '4:4:4'],
    [80, '4:2:0'],
    [90, '4:4:4'],
    [100, '4:4:4'],
    [100, '4:2:0'],
  ] as const)('is as near to the pixels as libjpeg at quality %s, %s', async (quality, chromaSubsampling) => {
    const raster = photoLikeRaster(3, 203, 101);
    const { data, width, height, channels } = raster;
    const own = encodeJpeg(raster, quality, chromaSubsampling);
    const theirs = await sharp(data, { raw: { width, height, channels } })
      .jpeg({ quality, chromaSubsampling })
      .toBuffer();
    expect(await sharp(own).metadata()).toMatchObject({ width, height, chromaSubsampling });
    const [ours, reference] = [psnr(await decode(own), raster), psnr(await decode(theirs), raster)];
    expect(ours).toBeGreaterThan(reference - 0.3);
  });

  it.each([
    [1, 1],
    [7, 300],
    [16, 16],
    [33, 17],
  ])('writes %sx%s, which every decoder reads without a warning', async (width, height) => {
    const raster = photoLikeRaster(4, width, height);
    for (const subsampling of ['4:4:4', '4:2:0'] as const) {
      const bytes = encodeJpeg(raster, 85, subsampling);
      const { info } = await sharp(bytes, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([width, height]);
    }
  });
});
