import { describe, expect, it } from '@jest/globals';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { WATERMARK_POSITIONS } from '../../../src/imaging/operations/watermark.js';
import { undrawable } from '../../../src/imaging/pixels/watermark/watermark-font.js';
import { run } from '../../support/fakes/run-engine.js';
import { CLEAR, type Pixel, type Pixels, paint, pixelAt } from '../../support/images/test-images.js';

const WIDTH = 240;
const HEIGHT = 120;

const plain = (colour: Pixel) => paint(WIDTH, HEIGHT, () => colour);
const watermark = (params: Partial<Extract<Operation, { kind: 'WATERMARK' }>['params']> = {}): Operation => ({
  kind: 'WATERMARK',
  params: { text: 'Größe 7', position: 'BOTTOM_RIGHT', opacity: 1, ...params },
});

/** The pixels that differ from the first one: their number, their middle, and how light and dark they get. */
function marks(pixels: Pixels) {
  const background = pixelAt(pixels, 0, 0);
  let [count, sumX, sumY, lightest, darkest] = [0, 0, 0, 0, 255];
  for (let i = 0; i < pixels.width * pixels.height; i++) {
    const [x, y] = [i % pixels.width, Math.floor(i / pixels.width)];
    const pixel = pixelAt(pixels, x, y);
    if (pixel.every((value, c) => value === background[c])) continue;
    count++;
    sumX += x;
    sumY += y;
    lightest = Math.max(lightest, pixel[0] ?? 0);
    darkest = Math.min(darkest, pixel[0] ?? 0);
  }
  return { count, x: sumX / count / pixels.width, y: sumY / count / pixels.height, lightest, darkest };
}

describe.each(IMAGE_ENGINES)('%s draws a watermark', (engine) => {
  it.each(WATERMARK_POSITIONS)('at %s', async (position) => {
    const { count, x, y } = marks(await run(engine, plain([128, 128, 128, 255]), watermark({ position })));
    expect(count).toBeGreaterThan(100);
    const third = (share: number) => (share < 0.4 ? 'start' : share > 0.6 ? 'end' : 'middle');
    const expected = {
      TOP_LEFT: ['start', 'start'],
      TOP_RIGHT: ['end', 'start'],
      CENTER: ['middle', 'middle'],
      BOTTOM_LEFT: ['start', 'end'],
      BOTTOM_RIGHT: ['end', 'end'],
    };
    expect([third(x), third(y)]).toEqual(expected[position]);
  });

  it('that reads on white and on black', async () => {
    const onWhite = marks(await run(engine, plain([255, 255, 255, 255]), watermark()));
    const onBlack = marks(await run(engine, plain([0, 0, 0, 255]), watermark()));
    expect(onWhite.darkest).toBeLessThan(128);
    expect(onBlack.lightest).toBeGreaterThan(230);
  });

  it('as strong as its opacity', async () => {
    const image = plain([0, 0, 0, 255]);
    const half = marks(await run(engine, image, watermark({ opacity: 0.5 })));
    const none = marks(await run(engine, image, watermark({ opacity: 0 })));
    expect(half.lightest).toBeGreaterThan(110);
    expect(half.lightest).toBeLessThan(140);
    expect(none.count).toBe(0);
  });

  it('on transparency, which stays around it', async () => {
    const result = await run(engine, plain(CLEAR), watermark());
    expect(pixelAt(result, 0, 0)[3]).toBe(0);
    expect(marks(result).lightest).toBeGreaterThan(250);
  });

  it('on grey images and on tiny ones, cutting off what does not fit', async () => {
    const grey = await run(
      engine,
      paint(50, 50, () => [90, 90, 90, 255]),
      { kind: 'GRAYSCALE', params: {} },
      watermark(),
    );
    expect(marks(grey).count).toBeGreaterThan(10);
    const tiny = await run(
      engine,
      paint(3, 2, () => [90, 90, 90, 255]),
      watermark({ text: 'W'.repeat(100) }),
    );
    expect([tiny.width, tiny.height]).toEqual([3, 2]);
  });
});

describe('the text of a watermark', () => {
  const image = plain([128, 128, 128, 255]);
  const draw = (text: string, width = WIDTH) =>
    run(
      'SHARP',
      paint(width, HEIGHT, () => [128, 128, 128, 255]),
      watermark({ text, position: 'BOTTOM_RIGHT' }),
    );

  it('is drawn the same composed and decomposed', async () => {
    const [composed, decomposed] = [
      await draw('Ån\u0301'.normalize('NFC')),
      await draw('Ån\u0301'.normalize('NFD')),
    ];
    expect(Buffer.compare(composed.data, decomposed.data)).toBe(0);
    expect(Buffer.compare(composed.data, image.data)).not.toBe(0);
  });

  it('keeps its beginning where it is too long for the image', async () => {
    const rest = '0'.repeat(98);
    const [one, seven] = [await draw(`1${rest}`, 60), await draw(`7${rest}`, 60)];
    expect(Buffer.compare(one.data, seven.data)).not.toBe(0);
  });

  it.each([
    ['Latin Extended-A', 0x100, 0x17f],
    ['Greek', 0x3b1, 0x3c9],
    ['Cyrillic', 0x400, 0x45f],
    ['quotes and dashes', 0x2010, 0x2014],
    ['quotes', 0x2018, 0x201f],
    ['the euro', 0x20ac, 0x20ac],
  ])('may have %s', (_, first, last) => {
    for (let code = first; code <= last; code++) expect(undrawable(String.fromCodePoint(code))).toEqual([]);
  });
});

it('is the same image in both engines', async () => {
  const [jimp, sharp] = await Promise.all(
    IMAGE_ENGINES.map((engine) => run(engine, plain([40, 80, 120, 255]), watermark())),
  );
  expect(Buffer.from(jimp?.data ?? []).equals(Buffer.from(sharp?.data ?? [1]))).toBe(true);
});
