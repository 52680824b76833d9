import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { blur, grayscale, run, sharpen } from '../../support/fakes/run-engine.js';
import {
  CLEAR,
  difference,
  type Pixel,
  paint,
  pixelAt,
  RED,
  transparentThirds,
  WHITE,
} from '../../support/images/test-images.js';

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  describe('BLUR', () => {
    it('spreads an edge as far as sigma says', async () => {
      const edge = paint(80, 20, (x) => (x < 40 ? [0, 0, 0, 255] : WHITE));
      const result = await run(engine, edge, blur(5));
      // One sigma beside the edge a Gaussian has 84.1 % of the way behind it; pixel centres are at x + 0.5.
      const [oneSigmaLeft = 0] = pixelAt(result, 34, 10);
      const [beyond = 0] = pixelAt(result, 35, 10);
      expect((oneSigmaLeft + beyond) / 2 / 255).toBeCloseTo(0.159, 1);
      expect(pixelAt(result, 5, 10)[0]).toBeLessThan(2);
      expect(pixelAt(result, 75, 10)[0]).toBeGreaterThan(253);
    });

    it('keeps a flat image unchanged, up to its edges', async () => {
      const result = await run(
        engine,
        paint(30, 30, () => [10, 200, 90, 255]),
        blur(8),
      );
      for (const [x, y] of [
        [0, 0],
        [29, 0],
        [15, 15],
        [0, 29],
      ] as const) {
        expect(difference(pixelAt(result, x, y), [10, 200, 90, 255])).toBeLessThan(2);
      }
    });

    it('blurs transparency without dark fringes', async () => {
      const image = paint(60, 20, (x) => (x < 30 ? CLEAR : RED));
      const result = await run(engine, image, blur(3));
      const [red = 0, green = 255, , alpha = 0] = pixelAt(result, 29, 10);
      expect(alpha).toBeGreaterThan(80);
      expect(alpha).toBeLessThan(150);
      expect(red).toBeGreaterThan(250);
      expect(green).toBeLessThan(3);
    });
  });

  describe('SHARPEN', () => {
    const step = paint(20, 20, (x) => (x < 10 ? [100, 100, 100, 255] : [150, 150, 150, 255]));
    const overshoot = async (amount: number) => {
      const result = await run(engine, step, sharpen(amount));
      return (pixelAt(result, 10, 10)[0] ?? 0) - 150;
    };

    it('steepens edges in proportion to the amount', async () => {
      // 3/8 of the 50/3 by which the pixel is above the mean of its neighbourhood.
      expect(await overshoot(1)).toBe(6);
      expect(await overshoot(4)).toBe(25);
    });

    it.each<[string, Pixel, Pixel]>([
      ['half transparent and opaque', [100, 100, 100, 128], [100, 100, 100, 255]],
      ['faint and half transparent', [10, 200, 90, 3], [10, 200, 90, 128]],
      ['transparent black and opaque', CLEAR, RED],
      ['transparent white and faint', [255, 255, 255, 0], [200, 100, 50, 20]],
    ])('changes neither colour nor opacity along an edge between %s', async (_, left, right) => {
      for (const amount of [1, 4, 10]) {
        const image = paint(20, 20, (x) => (x < 10 ? left : right));
        const result = await run(engine, image, sharpen(amount));
        for (const x of [0, 8, 9]) {
          if (left[3] === 0) expect(pixelAt(result, x, 10)[3]).toBe(0);
          else expect(pixelAt(result, x, 10)).toEqual(left);
        }
        for (const x of [10, 11, 19]) expect(pixelAt(result, x, 10)).toEqual(right);
      }
    });

    it('steepens edges of half-transparent colours as those of opaque ones', async () => {
      const half = paint(20, 20, (x) => (x < 10 ? [100, 100, 100, 128] : [150, 150, 150, 128]));
      const result = await run(engine, half, sharpen(4));
      expect(pixelAt(result, 9, 10)).toEqual([75, 75, 75, 128]);
      expect(pixelAt(result, 10, 10)).toEqual([175, 175, 175, 128]);
    });

    it('leaves the image unchanged at 0', async () => {
      const faint = paint(20, 20, (x, y) => [x * 12, y * 12, 77, x * 12 + y]);
      const result = await run(engine, faint, sharpen(0));
      expect(Buffer.from(result.data).equals(Buffer.from(faint.data))).toBe(true);
    });
  });

  it('GRAYSCALE keeps the luminance and the transparency', async () => {
    const result = await run(engine, transparentThirds(30, 10), grayscale);
    // sRGB red has 21.26 % of the light of white, which sRGB writes as 127.
    expect(pixelAt(result, 25, 5)).toEqual([127, 127, 127, 255]);
    expect(pixelAt(result, 15, 5)[3]).toBe(128);
    expect(pixelAt(result, 5, 5)[3]).toBe(0);
  });
});
