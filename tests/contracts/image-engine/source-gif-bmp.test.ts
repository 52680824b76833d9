import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { run } from '../../support/fakes/run-engine.js';
import { bmpFile } from '../../support/images/bmp-file.js';
import { type GifSpec, gifFile } from '../../support/images/gif-file.js';
import { type Pixel, pixelAt } from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const RED: Pixel = [255, 0, 0, 255];
const BLUE: Pixel = [0, 0, 255, 255];
const GREEN: Pixel = [0, 255, 0, 255];
const YELLOW: Pixel = [255, 255, 0, 255];
const CLEAR: Pixel = [0, 0, 0, 0];
const quarters = (x: number, y: number) => (y < 10 ? 0 : 2) + (x < 10 ? 0 : 1);
const frame = { width: 20, height: 20, index: quarters };

const empty = { width: 0, height: 0, index: () => 0 };

describe.each(IMAGE_ENGINES)('%s reads a GIF that browsers show', (engine) => {
  it.each<[string, GifSpec]>([
    ['as it should be', { width: 20, height: 20, frames: [frame] }],
    ['interlaced', { width: 20, height: 20, frames: [{ ...frame, interlaced: true }] }],
    ['with a zero before its end', { width: 20, height: 20, frames: [frame], end: [0, 0x3b] }],
    ['with zeros between frames', { width: 20, height: 20, frames: [frame, { ...frame, before: [0, 0] }] }],
    ['with noise after its first frame', { width: 20, height: 20, frames: [frame], end: [0x77, 0x21, 1, 2] }],
    ['without its end', { width: 20, height: 20, frames: [frame], end: [] }],
    ['with bytes after its end', { width: 20, height: 20, frames: [frame], end: [0x3b, 1, 2, 3] }],
    ['whose first frame is larger than its screen', { width: 16, height: 16, frames: [frame] }],
    ['whose screen is 0x0', { width: 0, height: 0, frames: [frame] }],
    ['whose first frame is empty', { width: 20, height: 20, frames: [empty, frame] }],
    ['whose first frame is empty, on a screen of 0x0', { width: 0, height: 0, frames: [empty, frame] }],
    [
      'whose first frame is empty, with a zero after it',
      { width: 20, height: 20, frames: [empty, { ...frame, before: [0] }] },
    ],
    ['whose last frame is empty', { width: 20, height: 20, frames: [frame, empty] }],
    [
      'whose second frame is larger than its screen',
      { width: 20, height: 20, frames: [frame, { ...frame, width: 30 }] },
    ],
  ])('%s', async (_, spec) => {
    const file = gifFile(spec);
    expect(await inspectImage(file, limits)).toMatchObject({ width: 20, height: 20 });
    const pixels = await run(engine, file);
    expect([pixels.width, pixels.height]).toEqual([20, 20]);
    expect([5, 15].flatMap((y) => [5, 15].map((x) => pixelAt(pixels, x, y)))).toEqual([
      RED,
      BLUE,
      GREEN,
      YELLOW,
    ]);
  });

  it('leaves pixels transparent that the first frame does not cover', async () => {
    const first = { left: 4, top: 6, width: 10, height: 10, index: () => 2 };
    const file = gifFile({ width: 24, height: 24, frames: [first, { ...frame, index: () => 1 }] });
    const pixels = await run(engine, file);
    expect([pixelAt(pixels, 0, 0), pixelAt(pixels, 6, 8), pixelAt(pixels, 23, 23)]).toEqual([
      CLEAR,
      GREEN,
      CLEAR,
    ]);
  });

  it('keeps the size of a screen that screens had', async () => {
    const first = { width: 10, height: 10, index: () => 0 };
    for (const [width, height] of [
      [640, 480],
      [2100, 20],
    ] as const) {
      const file = gifFile({ width, height, frames: [first] });
      expect(await inspectImage(file, limits)).toMatchObject({ width, height });
      const pixels = await run(engine, file);
      expect([pixels.width, pixels.height, pixelAt(pixels, 5, 5)]).toEqual([width, height, RED]);
    }
  });

  it('does not count empty frames', async () => {
    const inspect = (frames: GifSpec['frames']) =>
      inspectImage(gifFile({ width: 20, height: 20, frames }), limits);
    const line = { width: 0, height: 20, index: () => 0 };
    expect(await inspect([empty, frame, empty, frame])).toMatchObject({ frames: 2 });
    expect(await inspect([line, frame])).toMatchObject({ frames: 1 });
    await expect(inspect([empty])).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
  });

  it('gives a frame whose sides are 0 the size of the screen', async () => {
    const file = gifFile({ width: 20, height: 20, frames: [frame] });
    // The frame's width and height, after the screen, its palette, the control block and the frame's position.
    const at = 13 + 12 + 8 + 5;
    expect([file.readUInt16LE(at), file.readUInt16LE(at + 2)]).toEqual([20, 20]);
    file.fill(0, at, at + 4);
    expect(await inspectImage(file, limits)).toMatchObject({ width: 20, height: 20, frames: 1 });
    expect(pixelAt(await run(engine, file), 15, 15)).toEqual(YELLOW);
  });

  it('and refuses one that is cut in its first frame', async () => {
    const file = gifFile({ width: 20, height: 20, frames: [frame] });
    await expect(run(engine, file.subarray(0, file.length - 30))).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
    });
  });
});

describe.each(IMAGE_ENGINES)('%s reads a BMP that browsers show', (engine) => {
  const MASKS = [0xff0000, 0xff00, 0xff, 0xff000000];
  /** Red at an alpha of 128, then white at 0: blue, green, red, alpha. */
  const ROW = [0, 0, 255, 128, 255, 255, 255, 0];

  it.each([56, 108, 124])('with a mask for alpha in a header of %i bytes', async (headerSize) => {
    const pixels = await run(engine, bmpFile({ width: 2, bits: 32, headerSize, masks: MASKS, rows: [ROW] }));
    expect(pixelAt(pixels, 0, 0)).toEqual([255, 0, 0, 128]);
    expect(pixelAt(pixels, 1, 0)[3]).toBe(0);
  });

  it('with a mask for alpha that is 0 everywhere as opaque', async () => {
    const rows = [[0, 0, 255, 0, 255, 0, 0, 0]];
    const pixels = await run(engine, bmpFile({ width: 2, bits: 32, headerSize: 124, masks: MASKS, rows }));
    expect([0, 1].map((x) => pixelAt(pixels, x, 0))).toEqual([RED, BLUE]);
  });

  it('without masks, whose fourth byte is not alpha', async () => {
    const pixels = await run(engine, bmpFile({ width: 2, bits: 32, headerSize: 40, rows: [ROW] }));
    expect([0, 1].map((x) => pixelAt(pixels, x, 0)[3])).toEqual([255, 255]);
  });

  it('with masks behind its header, of 16 bits', async () => {
    const masks = [0xf800, 0x07e0, 0x001f];
    const rows = [[0x00, 0xf8, 0x1f, 0x00]];
    const pixels = await run(engine, bmpFile({ width: 2, bits: 16, headerSize: 40, masks, rows }));
    expect([0, 1].map((x) => pixelAt(pixels, x, 0))).toEqual([RED, BLUE]);
  });

  it.each([
    ['OS/2 1.x', 12],
    ['OS/2 2.x, short', 16],
    ['OS/2 2.x', 64],
    ['Windows', 40],
  ])('of %s', async (_, headerSize) => {
    const palette = [RED, BLUE, GREEN, YELLOW].map(([r, g, b]) => [b, g, r]);
    for (const bits of [1, 2, 4, 8]) {
      const indices = bits === 1 ? [0, 1] : [2, 3];
      const byte =
        bits === 8
          ? indices
          : [((indices[0] as number) << (8 - bits)) | ((indices[1] as number) << (8 - 2 * bits))];
      const pixels = await run(engine, bmpFile({ width: 2, bits, headerSize, palette, rows: [byte] }));
      const shown = [0, 1].map((x) => pixelAt(pixels, x, 0));
      expect([bits, shown]).toEqual([bits, bits === 1 ? [RED, BLUE] : [GREEN, YELLOW]]);
    }
  });

  it('without the padding of its last row', async () => {
    const file = bmpFile({
      width: 1,
      bits: 24,
      headerSize: 40,
      rows: [
        [0, 0, 255],
        [255, 0, 0],
      ],
    });
    const pixels = await run(engine, file.subarray(0, -1));
    expect([pixelAt(pixels, 0, 0), pixelAt(pixels, 0, 1)]).toEqual([RED, BLUE]);
    await expect(run(engine, file.subarray(0, -4))).rejects.toMatchObject({
      message: 'The BMP file is cut short',
    });
  });
});
