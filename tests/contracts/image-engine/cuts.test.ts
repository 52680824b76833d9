import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { GRAVITIES } from '../../../src/imaging/geometry.js';
import {
  crop,
  extend,
  flip,
  grayscale,
  resize,
  rotate,
  run,
  runWithFocalPoint,
  trim,
} from '../../support/fakes/run-engine.js';
import { CLEAR, type Pixel, paint, pixelAt, quarters, RED } from '../../support/images/test-images.js';

/** A different colour for every pixel of an image of up to 256x256. */
const places = (width: number, height: number) => paint(width, height, (x, y) => [x, y, 7, 255]);
const WHERE = { CENTER: [30, 20], TOP: [30, 0], BOTTOM: [30, 40], LEFT: [0, 20], RIGHT: [60, 20] } as const;
const CORNERS = {
  TOP_LEFT: [0, 0],
  TOP_RIGHT: [60, 0],
  BOTTOM_LEFT: [0, 40],
  BOTTOM_RIGHT: [60, 40],
} as const;
const FIXED = Object.entries({ ...WHERE, ...CORNERS }) as [
  (typeof GRAVITIES)[number],
  readonly [number, number],
][];

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  describe('CROP', () => {
    it('cuts out exactly the box', async () => {
      const result = await run(engine, places(100, 60), crop({ width: 30, height: 20, x: 13, y: 9 }));
      expect([result.width, result.height]).toEqual([30, 20]);
      expect([pixelAt(result, 0, 0), pixelAt(result, 29, 19)]).toEqual([
        [13, 9, 7, 255],
        [42, 28, 7, 255],
      ]);
    });

    it.each(FIXED)('places the box at %s', async (gravity, [x, y]) => {
      const result = await run(engine, places(100, 60), crop({ width: 40, height: 20, gravity }));
      expect(pixelAt(result, 0, 0)).toEqual([x, y, 7, 255]);
    });

    it.each([
      [{ width: 101, height: 1 }, 'width', '101 pixels exceed the image, which is 100x60 at this step'],
      [
        { width: 10, height: 10, x: 0, y: 51 },
        'height',
        '10 pixels from 51 exceed the image, which is 100x60 at this step',
      ],
    ])('refuses %j, which leaves the image', async (params, field, message) => {
      await expect(run(engine, places(100, 60), crop(params))).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: `input.operations[0].crop.${field}: ${message}`,
      });
    });

    it('is checked against the result of TRIM', async () => {
      const spot = paint(60, 60, (x, y) => (x > 20 && x < 30 && y > 20 && y < 30 ? RED : [9, 9, 9, 255]));
      await expect(run(engine, spot, trim(), crop({ width: 30, height: 5 }))).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        details: { field: 'input.operations[1].crop.width' },
      });
    });
  });

  describe('FOCAL_POINT', () => {
    const focal = { x: 0.8, y: 0.25 };
    const point = { width: 11, height: 11, gravity: 'FOCAL_POINT' } as const;

    it('is the middle of the box, as far as the image reaches', async () => {
      const result = await runWithFocalPoint(engine, places(100, 60), focal, crop(point));
      expect(pixelAt(result, 5, 5).slice(0, 2)).toEqual([80, 15]);
      const atEdge = await runWithFocalPoint(engine, places(100, 60), { x: 1, y: 0 }, crop(point));
      expect(pixelAt(atEdge, 10, 0).slice(0, 2)).toEqual([99, 0]);
    });

    it('is CENTER without one', async () => {
      const result = await run(engine, places(101, 61), crop(point));
      expect(pixelAt(result, 5, 5).slice(0, 2)).toEqual([50, 30]);
    });

    it.each([
      ['FLIP', [flip('HORIZONTAL')]],
      ['ROTATE', [rotate(90)]],
      ['EXTEND', [extend({ left: 20, top: 5, background: '#000000' })]],
      ['CROP', [crop({ width: 60, height: 40, x: 40, y: 0 })]],
    ])('follows the image through %s', async (_, before) => {
      const result = await runWithFocalPoint(engine, places(100, 60), focal, ...before, crop(point));
      const [x = 0, y = 0] = pixelAt(result, 5, 5);
      expect([Math.abs(x - 80), Math.abs(y - 15)].map((distance) => distance <= 1)).toEqual([true, true]);
    });

    it('is kept by COVER', async () => {
      const bar = paint(200, 50, (x) => (x > 150 && x < 170 ? RED : [0, 0, 0, 255]));
      const cover = {
        kind: 'RESIZE',
        params: { width: 50, height: 50, fit: 'COVER', gravity: 'FOCAL_POINT' },
      } as const;
      const result = await runWithFocalPoint(engine, bar, { x: 0.8, y: 0.5 }, cover);
      expect(pixelAt(result, 25, 25)).toEqual(RED);
    });
  });

  it.each([
    [
      'RESIZE',
      { kind: 'RESIZE', params: { width: 60, height: 60, fit: 'COVER', gravity: 'ATTENTION' } } as const,
    ],
    ['CROP', crop({ width: 60, height: 60, gravity: 'ATTENTION' })],
  ])('ATTENTION of %s keeps what stands out', async (_, operation) => {
    const dot = paint(240, 60, (x, y) =>
      Math.hypot(x - 190, y - 30) < 15 ? [230, 60, 40, 255] : [110 + (x % 7), 115, 112 + (y % 5), 255],
    );
    const result = await run(engine, dot, operation);
    expect([result.width, result.height]).toEqual([60, 60]);
    const red = result.data.filter((value, i) => i % 4 === 0 && value > 200).length;
    expect(red).toBeGreaterThan(600);
  });

  describe('RESIZE without enlarge', () => {
    it.each([
      ['FILL', 400, 30, [100, 30]],
      ['CONTAIN', 400, 400, [100, 60]],
      ['CONTAIN', 50, 50, [50, 30]],
      ['COVER', 400, 400, [60, 60]],
      ['COVER', 200, 30, [100, 15]],
      ['FILL', 400, undefined, [100, 60]],
    ] as const)('%s of 100x60 to %sx%s', async (fit, width, height, size) => {
      const params = { width, ...(height && { height }), fit, enlarge: false };
      const result = await run(engine, quarters(100, 60), { kind: 'RESIZE', params });
      expect([result.width, result.height]).toEqual(size);
    });
  });

  describe('TRIM', () => {
    const framed = (border: Pixel, inner: Pixel) =>
      paint(40, 30, (x, y) => (x >= 7 && x < 31 && y >= 4 && y < 28 ? inner : border));

    it.each([
      ['of a colour', [200, 200, 200, 255], RED],
      ['that are transparent', CLEAR, RED],
      ['that are transparent, of any colour', [9, 99, 9, 0], [0, 0, 0, 255]],
    ] as const)('removes borders %s', async (_, border, inner) => {
      const result = await run(engine, framed(border, inner), trim());
      expect([result.width, result.height]).toEqual([24, 24]);
      expect(pixelAt(result, 0, 0)).toEqual(inner);
    });

    it('counts colours within the threshold as border', async () => {
      const faint = framed([100, 100, 100, 255], [108, 100, 100, 255]);
      expect((await run(engine, faint, trim(10))).width).toBe(40);
      expect((await run(engine, faint, trim(7))).width).toBe(24);
    });

    it('leaves an image of one colour unchanged', async () => {
      const { width, height } = await run(
        engine,
        paint(9, 7, () => RED),
        trim(0),
      );
      expect([width, height]).toEqual([9, 7]);
    });
  });

  describe('EXTEND', () => {
    it('adds each border with its colour, also to grey and 16 bits', async () => {
      const deep = await sharp(new Uint16Array(20 * 10).fill(0x8080), {
        raw: { width: 20, height: 10, channels: 1 },
      })
        .toColourspace('grey16')
        .png()
        .toBuffer();
      const borders = { top: 1, right: 2, bottom: 3, left: 4, background: '#ff000080' };
      const result = await run(engine, deep, extend(borders));
      expect([result.width, result.height]).toEqual([26, 14]);
      expect([pixelAt(result, 3, 0), pixelAt(result, 24, 13)]).toEqual([
        [255, 0, 0, 128],
        [255, 0, 0, 128],
      ]);
      expect([pixelAt(result, 4, 1), pixelAt(result, 23, 10)]).toEqual([
        [128, 128, 128, 255],
        [128, 128, 128, 255],
      ]);
    });
  });

  it.each([
    ['HORIZONTAL', [99, 0]],
    ['VERTICAL', [0, 59]],
  ] as const)('FLIP mirrors %s, and twice is not at all', async (axis, [x, y]) => {
    const once = await run(engine, places(100, 60), flip(axis));
    expect(pixelAt(once, 0, 0)).toEqual([x, y, 7, 255]);
    const twice = await run(engine, places(100, 60), flip(axis), flip(axis));
    expect(Buffer.compare(twice.data, places(100, 60).data)).toBe(0);
    expect((await run(engine, places(9, 5), grayscale, flip(axis))).width).toBe(9);
  });

  it('cuts the result of a resize, a rotation and a border, in order', async () => {
    const result = await run(
      engine,
      quarters(40, 20),
      rotate(90),
      extend({ top: 10, background: '#0000ff' }),
      crop({ width: 20, height: 10, gravity: 'TOP' }),
      resize(5, 5),
    );
    expect(pixelAt(result, 2, 2)).toEqual([0, 0, 255, 255]);
  });
});
