import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { resize, rotate, run } from '../../support/fakes/run-engine.js';
import {
  BLUE,
  difference,
  GREEN,
  paint,
  pixelAt,
  quarters,
  RED,
  WHITE,
} from '../../support/images/test-images.js';

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  describe('RESIZE', () => {
    it.each([
      ['FILL takes the size as it is', 40, 90, 'FILL', 40, 90],
      ['keeps the ratio without a height', 40, undefined, 'FILL', 40, 20],
      ['keeps the ratio without a width', undefined, 40, 'COVER', 80, 40],
      ['CONTAIN keeps the whole image inside the box', 60, 60, 'CONTAIN', 60, 30],
      ['CONTAIN enlarges too', 400, 400, 'CONTAIN', 400, 200],
      ['COVER fills the box', 60, 60, 'COVER', 60, 60],
      ['never goes below one pixel', 1, undefined, 'FILL', 1, 1],
    ] as const)('%s', async (_, width, height, fit, outWidth, outHeight) => {
      const result = await run(engine, quarters(100, 50), resize(width, height, fit));
      expect([result.width, result.height]).toEqual([outWidth, outHeight]);
    });

    it('COVER cuts off evenly what sticks out', async () => {
      const stripes = paint(90, 30, (x) => [RED, GREEN, BLUE][Math.floor(x / 30)] ?? RED);
      const result = await run(engine, stripes, resize(30, 30, 'COVER'));
      expect(pixelAt(result, 2, 15)).toEqual(GREEN);
      expect(pixelAt(result, 27, 15)).toEqual(GREEN);
    });

    it('does not let the colour of transparent pixels bleed into visible ones', async () => {
      const image = paint(64, 64, (x) => (x < 32 ? [0, 255, 0, 0] : RED));
      const result = await run(engine, image, resize(15, 15));
      for (let x = 0; x < 15; x++) {
        const [, green = 0, , alpha = 0] = pixelAt(result, x, 7);
        expect(alpha === 0 ? 0 : green).toBeLessThan(3);
      }
    });
  });

  describe('ROTATE', () => {
    it.each([
      ['90 clockwise', 90, [BLUE, RED, WHITE, GREEN]],
      ['180', 180, [WHITE, BLUE, GREEN, RED]],
      ['270', 270, [GREEN, WHITE, RED, BLUE]],
      ['-90 counter-clockwise', -90, [GREEN, WHITE, RED, BLUE]],
      ['360 not at all', 360, [RED, GREEN, BLUE, WHITE]],
      ['-360 not at all', -360, [RED, GREEN, BLUE, WHITE]],
      ['0 not at all', 0, [RED, GREEN, BLUE, WHITE]],
    ])('turns by %s, exactly', async (_, degrees, corners) => {
      const result = await run(engine, quarters(40, 20), rotate(degrees));
      const onItsSide = degrees % 180 !== 0;
      expect([result.width, result.height]).toEqual(onItsSide ? [20, 40] : [40, 20]);
      const [right, bottom] = [result.width - 1, result.height - 1];
      expect([
        pixelAt(result, 0, 0),
        pixelAt(result, right, 0),
        pixelAt(result, 0, bottom),
        pixelAt(result, right, bottom),
      ]).toEqual(corners);
    });

    it('grows the canvas at other angles, clockwise, with the background in the corners', async () => {
      const result = await run(engine, quarters(100, 100), rotate(45, '#00ffff80'));
      expect([result.width, result.height]).toEqual([141, 141]);
      expect(pixelAt(result, 2, 2)).toEqual([0, 255, 255, 128]);
      expect(difference(pixelAt(result, 70, 20), RED)).toBeLessThan(3);
      expect(difference(pixelAt(result, 120, 70), GREEN)).toBeLessThan(3);
      expect(difference(pixelAt(result, 20, 70), BLUE)).toBeLessThan(3);
      expect(difference(pixelAt(result, 70, 120), WHITE)).toBeLessThan(3);
    });

    it('takes #RRGGBB as opaque', async () => {
      const result = await run(engine, quarters(50, 50), rotate(10, '#102030'));
      expect(pixelAt(result, 0, 0)).toEqual([16, 32, 48, 255]);
    });
  });

  it('applies operations in the order given', async () => {
    const first = await run(engine, quarters(40, 20), resize(40, 40), rotate(90), resize(10, undefined));
    const second = await run(engine, quarters(40, 20), rotate(90), resize(40, 40), resize(10, undefined));
    const third = await run(
      engine,
      quarters(40, 20),
      rotate(90),
      resize(10, undefined),
      resize(undefined, 40),
    );
    expect([first, second, third].map(({ width, height }) => [width, height])).toEqual([
      [10, 10],
      [10, 10],
      [20, 40],
    ]);
  });
});
