import { describe, expect, it } from '@jest/globals';
import type { ImageEngineName } from '../../../src/imaging/engine-name.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import type { ImageFormat } from '../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { OPERATION_KINDS, type Operation } from '../../../src/imaging/operation.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { crop, extend, resize, rotate, trim } from '../../support/fakes/run-engine.js';
import { SAMPLE_OPERATIONS } from '../../support/images/sample-operations.js';
import { decode, difference, type Pixels, psnr } from '../../support/images/test-images.js';

const [WIDTH, HEIGHT, FRAMES] = [40, 30, 4];
const DELAY = [50, 120, 200, 80];
const LEVELS = [40, 100, 160, 220];
const LIMITS = DEFAULT_IMAGING_LIMITS;

/** Grey frames with a blue border on the left. */
async function animation(format: 'GIF' | 'WEBP'): Promise<Uint8Array> {
  const data = new Uint8Array(WIDTH * HEIGHT * FRAMES * 3);
  for (let i = 0; i < WIDTH * HEIGHT * FRAMES; i++) {
    const level = LEVELS[Math.floor(i / (WIDTH * HEIGHT))] ?? 0;
    data.set(i % WIDTH < 5 ? [0, 0, 255] : [level, level, level], i * 3);
  }
  const raw = { width: WIDTH, height: HEIGHT * FRAMES, channels: 3, pageHeight: HEIGHT } as const;
  const playback = { delay: DELAY, loop: 3 };
  const pipeline = sharp(data, { raw });
  return (
    format === 'GIF' ? pipeline.gif(playback) : pipeline.webp({ ...playback, lossless: true })
  ).toBuffer();
}

const convert = (format: ImageFormat): Operation => ({
  kind: 'CONVERT',
  params: { format, ...(format === 'WEBP' && { quality: 95 }) },
});
const process = (engine: ImageEngineName, bytes: Uint8Array, ...operations: Operation[]) =>
  processImage(bytes, { engine, operations, limits: LIMITS });

/** Size, playback and the colour in the middle of each frame. */
async function framesOf(bytes: Uint8Array) {
  const { pages = 1, delay, loop } = await sharp(bytes, { pages: -1 }).metadata();
  const pipeline = sharp(bytes, { pages: -1 }).ensureAlpha().raw();
  const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
  const height = info.height / pages;
  const middles = Array.from({ length: pages }, (_, page) => {
    const pixel = (page * height + Math.floor(height / 2)) * info.width + Math.floor(info.width / 2);
    return [...data.subarray(pixel * 4, pixel * 4 + 4)];
  });
  return { pages, delay, loop, width: info.width, height, middles };
}

describe.each([
  ['GIF', 'GIF'],
  ['GIF', 'WEBP'],
  ['WEBP', 'GIF'],
  ['WEBP', 'WEBP'],
] as const)('an animation as %s, written as %s by SHARP', (from, to) => {
  it('keeps frames, delays and loop through a resize and a watermark', async () => {
    const params = { text: 'x', position: 'TOP_LEFT', opacity: 1 } as const;
    const operations: Operation[] = [resize(20, 15), { kind: 'WATERMARK', params }, convert(to)];
    const result = await process('SHARP', await animation(from), ...operations);
    expect(result).toMatchObject({ width: 20, height: 15, frames: FRAMES, format: to });
    const { middles, ...rest } = await framesOf(result.bytes);
    expect(rest).toEqual({ pages: FRAMES, delay: DELAY, loop: 3, width: 20, height: 15 });
    for (const [i, level] of LEVELS.entries())
      expect(difference(middles[i] ?? [], [level, level, level, 255])).toBeLessThan(6);
  });
});

/** All pixels of each frame. */
async function pixelsOf(bytes: Uint8Array): Promise<Pixels[]> {
  const { pages = 1 } = await sharp(bytes, { pages: -1 }).metadata();
  return Promise.all(
    Array.from({ length: pages }, async (_, page) => {
      const frame = await sharp(bytes, { page }).png().toBuffer();
      return decode(frame);
    }),
  );
}

describe('an animation as GIF, written as WEBP', () => {
  it('equals, frame by frame, the operations on each frame alone', async () => {
    const source = await animation('GIF');
    const watermark = { text: 'ab', position: 'BOTTOM_RIGHT', opacity: 1 } as const;
    const operations: Operation[] = [resize(120, 90), { kind: 'WATERMARK', params: watermark }];
    const result = await process('SHARP', source, ...operations, convert('WEBP'));
    const frames = await pixelsOf(result.bytes);
    expect(frames).toHaveLength(FRAMES);
    for (const [page, frame] of frames.entries()) {
      const still = await sharp(source, { page }).png().toBuffer();
      const alone = await decode((await process('SHARP', still, ...operations, convert('PNG'))).bytes);
      expect(psnr(frame, alone)).toBeGreaterThan(32);
      const plain = await decode((await process('SHARP', still, resize(120, 90), convert('PNG'))).bytes);
      // The watermark is there.
      expect(difference(frame.data, plain.data)).toBeGreaterThan(2 * difference(frame.data, alone.data));
    }
  });
});

describe('an animation', () => {
  it.each(OPERATION_KINDS)('processes %s frame by frame', async (kind) => {
    const result = await process('SHARP', await animation('GIF'), SAMPLE_OPERATIONS[kind], convert('WEBP'));
    const { pages, width, height, delay } = await framesOf(result.bytes);
    const { width: resultWidth, height: resultHeight } = result;
    expect([pages, width, height, delay]).toEqual([FRAMES, resultWidth, resultHeight, DELAY]);
  });

  it('is cut by one box for all frames', async () => {
    const operations = [
      trim(),
      rotate(90),
      extend({ top: 3, background: '#ff0000' }),
      crop({ width: 20, height: 20 }),
    ];
    const { bytes } = await process('SHARP', await animation('GIF'), ...operations, convert('WEBP'));
    const { middles, ...rest } = await framesOf(bytes);
    expect(rest).toMatchObject({ pages: FRAMES, width: 20, height: 20 });
    for (const [i, level] of LEVELS.entries())
      expect(difference(middles[i] ?? [], [level, level, level, 255])).toBeLessThan(6);
  });

  it.each([
    ['JIMP', 'GIF'],
    ['SHARP', 'PNG'],
    ['SHARP', 'JPEG'],
  ] as const)('is its first frame on %s as %s', async (engine, format) => {
    const result = await process(engine, await animation('GIF'), convert(format));
    expect(result).toMatchObject({ width: WIDTH, height: HEIGHT, frames: 1 });
    const { pages, middles } = await framesOf(result.bytes);
    expect(pages).toBe(1);
    expect(difference(middles[0] ?? [], [40, 40, 40, 255])).toBeLessThan(6);
  });

  it('is refused where all frames together have too many pixels, before and after a step', async () => {
    const bytes = await animation('GIF');
    const all = WIDTH * HEIGHT * FRAMES;
    const within = (maxAnimationPixels: number, ...operations: Operation[]) =>
      processImage(bytes, { engine: 'SHARP', operations, limits: { ...LIMITS, maxAnimationPixels } });
    await expect(within(all, rotate(180))).resolves.toMatchObject({ frames: FRAMES });
    await expect(within(all, resize(41, 30))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringMatching(/resize would make an animation of 41x30 in 4 frames; at most 4800/),
    });
    await expect(within(all - 1, rotate(180))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'maxAnimationPixels', asked: all },
    });
  });
});
