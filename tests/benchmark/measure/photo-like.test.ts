import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';

it('makes the same bytes from the same seed on every machine', async () => {
  const jpeg = await photoLikeJpeg(42, 96, 64);
  expect(await inspectImage(jpeg, DEFAULT_IMAGING_LIMITS)).toMatchObject({
    format: 'JPEG',
    width: 96,
    height: 64,
  });
  expect(createHash('sha256').update(jpeg).digest('hex')).toBe(
    '6c1acdc642bd080ad0f8bcf498a5a385e11b479b90186d3df3456e923aa1dcc7',
  );
  expect(Buffer.from(await photoLikeJpeg(43, 96, 64)).equals(jpeg)).toBe(false);
});

it('has detail at every scale, weaker the finer it is', () => {
  const { data, width, height } = photoLikeRaster(1, 512, 512);
  const contrast = (distance: number) => {
    let sum = 0;
    for (let y = 0; y < height; y += 3) {
      for (let x = 0; x + distance < width; x += 3) {
        const at = (y * width + x) * 4;
        sum += Math.abs((data[at] ?? 0) - (data[at + distance * 4] ?? 0));
      }
    }
    return sum / ((width - distance) * height);
  };
  const [fine, middle, coarse] = [contrast(1), contrast(8), contrast(64)] as const;
  expect(fine).toBeGreaterThan(0.2);
  expect(middle).toBeGreaterThan(1.3 * fine);
  expect(coarse).toBeGreaterThan(1.3 * middle);
});
