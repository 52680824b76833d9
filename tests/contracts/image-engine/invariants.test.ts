import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IMAGE_ENGINES, type ImageEngineName } from '../../../src/imaging/engine-name.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { flip as mirrored } from '../../../src/imaging/pixels/geometry/flip.js';
import { campaignRuns } from '../../support/campaign.js';
import { blur, flip, grayscale, resize, rotate, run, sharpen } from '../../support/fakes/run-engine.js';
import { type Pixel, type Pixels, paint } from '../../support/images/test-images.js';
import { assertProperty } from '../../support/property.js';

const RUNS = { numRuns: campaignRuns(40, 1_000) };

/** Operations that keep a flat image flat; sizes stay small. */
const sigma = fc.oneof(
  fc.double({ min: 0.3, max: 3, noNaN: true }),
  fc.double({ min: 3, max: 100, noNaN: true }),
);
const filterTo = (leastSide: number): fc.Arbitrary<Operation> => {
  const side = fc.integer({ min: leastSide, max: 60 });
  return fc.oneof(
    sigma.map(blur),
    fc.double({ min: 0, max: 10, noNaN: true }).map(sharpen),
    fc.tuple(side, side).map(([width, height]) => resize(width, height)),
    fc.constantFrom(rotate(90), rotate(180), rotate(-90), flip('HORIZONTAL'), flip('VERTICAL')),
  );
};
const filters = fc.array(filterTo(1), { minLength: 1, maxLength: 9 });
/** The operations that do not amplify rounding errors. */
const softFilters = (leastSide = 1) =>
  fc
    .array(filterTo(leastSide), { minLength: 1, maxLength: 6 })
    .map((operations) => operations.filter(({ kind }) => kind !== 'SHARPEN'));
/**
 * Sides in pixels to which an engine shrinks symmetrically. libvips first averages boxes of whole pixels. Where they do not
 * fill the image, the last one is repeated pixels in part: a large share of an image that is a few pixels wide.
 */
const LEAST_SYMMETRIC_SIDE: Record<ImageEngineName, number> = { JIMP: 1, SHARP: 10 };
const channel = fc.integer({ min: 0, max: 255 });

/** The largest difference of a channel from one pixel, over a whole image; colours count where they are visible. */
function farthest({ data }: Pixels, pixel: Pixel): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) {
    const isAlpha = i % 4 === 3;
    if (!isAlpha && pixel[3] === 0) continue;
    most = Math.max(most, Math.abs((data[i] as number) - (pixel[i % 4] as number)));
  }
  return most;
}

/** The centre of mass of red, from the middle of the image, in pixels. */
function offCentre({ data, width, height }: Pixels): [x: number, y: number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < width * height; i++) {
    const level = data[i * 4] as number;
    sum += level;
    sumX += level * ((i % width) + 0.5);
    sumY += level * (Math.floor(i / width) + 0.5);
  }
  return [sumX / sum - width / 2, sumY / sum - height / 2];
}

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  it('keeps a flat opaque image flat and opaque through any filters', async () => {
    await assertProperty(
      fc.asyncProperty(fc.tuple(channel, channel, channel), filters, async ([r, g, b], operations) => {
        const pixel: Pixel = [r, g, b, 255];
        expect(
          farthest(
            await run(
              engine,
              paint(21, 13, () => pixel),
              ...operations,
            ),
            pixel,
          ),
        ).toBe(0);
      }),
      RUNS,
    );
  });

  it('keeps the colour of a flat transparent image, however often it is filtered', async () => {
    const alpha = fc.integer({ min: 0, max: 254 });
    await assertProperty(
      fc.asyncProperty(
        fc.tuple(channel, channel, channel, alpha),
        filters,
        async ([r, g, b, a], operations) => {
          const pixel: Pixel = [r, g, b, a];
          expect(
            farthest(
              await run(
                engine,
                paint(12, 17, () => pixel),
                ...operations,
              ),
              pixel,
            ),
          ).toBe(0);
        },
      ),
      RUNS,
    );
  });

  it('keeps a mirrored image mirrored', async () => {
    await assertProperty(
      fc.asyncProperty(
        fc.array(channel, { minLength: 10, maxLength: 10 }),
        softFilters(LEAST_SYMMETRIC_SIDE[engine]),
        async (levels, operations) => {
          const source = paint(20, 16, (x, y) => {
            const level = levels[(Math.min(x, 19 - x) + y) % levels.length] ?? 0;
            return [level, 255 - level, 9, 255];
          });
          // Turned on its side it is mirrored along the other axis.
          const upright = [...operations.filter(({ kind }) => kind !== 'ROTATE'), sharpen(1)];
          const result = await run(engine, source, ...upright);
          const { data } = mirrored({ ...result, channels: 4 }, 'HORIZONTAL');
          let most = 0;
          for (const [i, value] of result.data.entries())
            most = Math.max(most, Math.abs(value - (data[i] ?? 0)));
          // libvips rounds each of several scalings by up to 1 level, which sharpening amplifies; a shift by half a
          // pixel would differ by tens.
          expect(most).toBeLessThanOrEqual(6);
        },
      ),
      RUNS,
    );
  });

  it('keeps a dot in the middle in the middle', async () => {
    await assertProperty(
      fc.asyncProperty(
        fc.integer({ min: 14, max: 90 }),
        fc.integer({ min: 14, max: 90 }),
        sigma,
        async (width, height, s) => {
          const dot = paint(21, 21, (x, y) =>
            Math.hypot(x - 10, y - 10) < 4 ? [255, 0, 0, 255] : [0, 0, 0, 255],
          );
          const operations = [resize(width, height), blur(Math.min(s, 2)), rotate(180)];
          for (const off of offCentre(await run(engine, dot, ...operations)))
            expect(Math.abs(off)).toBeLessThan(0.12);
        },
      ),
      RUNS,
    );
  });

  it('cuts nothing off at any angle, and turns around the middle', async () => {
    const near = fc.constantFrom(89.5, 90.5, 179.5, 180.5, -180.5, 269.7, 359.5, 0.4, -0.4);
    const degrees = fc.oneof(near, fc.double({ min: -360, max: 360, noNaN: true }));
    await assertProperty(
      fc.asyncProperty(degrees, async (angle) => {
        const white = paint(40, 40, () => [255, 255, 255, 255]);
        const turned = await run(engine, white, rotate(angle, '#000000'));
        let sum = 0;
        for (let i = 0; i < turned.data.length; i += 4) sum += (turned.data[i] as number) / 255;
        expect(Math.abs(sum - 1600)).toBeLessThan(24);
        for (const off of offCentre(turned)) expect(Math.abs(off)).toBeLessThan(0.3);
      }),
      RUNS,
    );
  });

  it('keeps the one colour of a cut-out with soft edges', async () => {
    const soft = paint(40, 40, (x, y) => {
      const alpha = Math.max(0, Math.min(255, Math.round(40 * (14 - Math.hypot(x - 20, y - 20)))));
      return [200, 100, 50, alpha];
    });
    await assertProperty(
      fc.asyncProperty(
        softFilters(),
        fc.double({ min: -360, max: 360, noNaN: true }),
        async (operations, angle) => {
          const { data } = await run(engine, soft, ...operations, sharpen(1), rotate(angle));
          for (let i = 0; i < data.length; i += 4) {
            // The colour of a nearly transparent pixel has a precision of a few levels.
            if ((data[i + 3] as number) < 40) continue;
            const seen = [data[i], data[i + 1], data[i + 2]];
            expect(seen.every((value, c) => Math.abs((value ?? 0) - ([200, 100, 50][c] ?? 0)) <= 10)).toBe(
              true,
            );
          }
        },
      ),
      RUNS,
    );
  });

  it('keeps the mean where it shrinks by a hundred and more', async () => {
    const ramp = paint(1_000, 100, (x, y) => [Math.floor(x / 4), y * 2, x < 100 ? 255 : 0, 255]);
    const result = await run(engine, ramp, resize(1, 1));
    const [r = 0, g = 0, b = 0] = result.data;
    expect([Math.abs(r - 124.5), Math.abs(g - 99), Math.abs(b - 25.5)].map((d) => d <= 3)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('keeps greys grey', async () => {
    const grey = paint(30, 20, (x, y) => [x * 8, x * 8, x * 8, 255 - y]);
    const { data } = await run(engine, grey, grayscale, blur(1), resize(20, 9), sharpen(2), rotate(10));
    for (let i = 0; i < data.length; i += 4) expect([data[i + 1], data[i + 2]]).toEqual([data[i], data[i]]);
  });
});
