import { describe, expect, it } from '@jest/globals';
import { gaussianBlur } from '../../../src/imaging/pixels/gaussian-blur.js';
import { resample } from '../../../src/imaging/pixels/geometry/resample.js';
import type { RgbaRaster } from '../../../src/imaging/pixels/raster.js';
import { unsharpMask } from '../../../src/imaging/pixels/unsharp-mask.js';
import { type Pixel, paint, pixelAt } from '../../support/images/test-images.js';

const raster = (width: number, height: number, colour: (x: number, y: number) => Pixel): RgbaRaster => ({
  ...paint(width, height, colour),
  channels: 4,
});
const grey = (level: number): Pixel => [level, level, level, 255];

describe('gaussianBlur', () => {
  it.each([0.5, 1, 2, 3.7, 8])('spreads a point with the variance of sigma %s', (sigma) => {
    // A whole column is white, so that rounding does not hide the tails.
    const size = 101;
    const { data } = gaussianBlur(
      raster(size, 9, (x) => grey(x === 50 ? 255 : 0)),
      sigma,
    );
    let [sum, variance] = [0, 0];
    for (let x = 0; x < size; x++) {
      const level = data[(4 * size + x) * 4] ?? 0;
      sum += level;
      variance += level * (x - 50) ** 2;
    }
    expect(Math.sqrt(variance / sum)).toBeGreaterThan(sigma * 0.9);
    expect(Math.sqrt(variance / sum)).toBeLessThan(sigma * 1.1);
    expect(sum / 255).toBeCloseTo(1, 0);
  });

  it('works where sigma is larger than the image', () => {
    const { data } = gaussianBlur(
      raster(3, 2, (x) => grey(x * 100)),
      100,
    );
    expect(Math.abs((data[0] ?? 0) - 100)).toBeLessThan(5);
  });
});

describe('resample', () => {
  it('gives the same image at the same size', () => {
    const source = raster(20, 10, (x, y) => [x * 12, y * 25, 7, 255 - x]);
    expect(resample(source, 20, 10).data).toEqual(source.data);
  });

  it.each([
    [7, 5],
    [40, 33],
    [1, 1],
    [20, 300],
  ])('keeps an even image even at %sx%s', (width, height) => {
    const { data } = resample(
      raster(20, 10, () => [10, 120, 250, 255]),
      width,
      height,
    );
    expect(data.length).toBe(width * height * 4);
    for (let i = 0; i < data.length; i += 4)
      expect([...data.subarray(i, i + 4)]).toEqual([10, 120, 250, 255]);
  });

  it('averages fine detail instead of dropping it', () => {
    const checks = raster(64, 64, (x, y) => grey((x + y) % 2 === 0 ? 0 : 255));
    const { data } = resample(checks, 16, 16);
    for (let i = 0; i < data.length; i += 4) expect(Math.abs((data[i] ?? 0) - 128)).toBeLessThan(12);
  });

  it('keeps the image between its two passes small', () => {
    const before = process.memoryUsage().rss;
    const tall = resample(
      raster(20_000, 1, () => grey(9)),
      1,
      20_000,
    );
    expect([tall.width, tall.height]).toEqual([1, 20_000]);
    // In the other order it would be 20,000 x 20,000 pixels, 1.6 GB.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });
});

it('unsharpMask repeats the edges and clips instead of wrapping round', () => {
  const even = raster(5, 5, () => grey(200));
  expect(unsharpMask(even, 10).data).toEqual(even.data);
  const edge = unsharpMask(
    raster(10, 5, (x) => grey(x < 5 ? 10 : 250)),
    10,
  );
  expect([pixelAt(edge, 4, 2)[0], pixelAt(edge, 5, 2)[0]]).toEqual([0, 255]);
});
