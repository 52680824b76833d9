import { describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../../../src/imaging/engine-name.js';
import { loadEngine } from '../../../src/imaging/engines/engine-registry.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import type { ImageFormat } from '../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { decode, difference, paint, pixelAt, png } from '../../support/images/test-images.js';

interface Conversion {
  format: ImageFormat;
  quality?: number;
  maxBytes?: number;
}

const convert = (engine: ImageEngineName, source: Uint8Array, params: Conversion) =>
  processImage(source, {
    engine,
    operations: [{ kind: 'CONVERT', params }],
    limits: DEFAULT_IMAGING_LIMITS,
  });

describe.each(IMAGE_ENGINES)('%s encodes', (engine) => {
  it.each([
    [undefined, '4:2:0'],
    [89, '4:2:0'],
    [90, '4:4:4'],
    [100, '4:4:4'],
  ] as const)('JPEG of quality %s with chroma %s', async (quality, chromaSubsampling) => {
    const source = await photoLikeJpeg(2, 60, 40);
    const { bytes } = await convert(engine, source, { format: 'JPEG', ...(quality && { quality }) });
    expect(await sharp(bytes).metadata()).toMatchObject({ chromaSubsampling });
  });

  it('red lines at quality 100 as they are', async () => {
    const lines = paint(64, 64, (x) => (x % 2 === 0 ? [255, 0, 0, 255] : [255, 255, 255, 255]));
    const { bytes } = await convert(engine, await png(lines), { format: 'JPEG', quality: 100 });
    const result = await decode(bytes);
    for (let x = 0; x < 64; x++)
      expect(difference(pixelAt(result, x, 30), pixelAt(lines, x, 30))).toBeLessThan(12);
  });

  it.each([2, 16, 200, 255, 256])('GIF of %s colours exactly', async (colours) => {
    // Neighbouring colours, which a coarse palette would join.
    const image = paint(64, 64, (x, y) => {
      const level = (y * 64 + x) % colours;
      return [level, (level * 3) % 256, 255 - level, 255];
    });
    const { bytes } = await convert(engine, await png(image), { format: 'GIF' });
    const { data } = await decode(bytes);
    expect(Buffer.compare(data, image.data)).toBe(0);
  });

  it('GIF of many colours with a small spot of another one', async () => {
    const image = paint(400, 300, (x, y) => {
      const isSpot = Math.hypot(x - 306, y - 206) < 4;
      return isSpot ? [255, 0, 0, 255] : [x >> 1, (x + y) >> 2, y >> 1, 255];
    });
    const { bytes } = await convert(engine, await png(image), { format: 'GIF' });
    expect(difference(pixelAt(await decode(bytes), 306, 206), [255, 0, 0, 255])).toBeLessThan(40);
  });

  it('at the highest quality that keeps to maxBytes', async () => {
    const source = await photoLikeJpeg(2, 300, 200);
    const at = async (quality: number) => (await convert(engine, source, { format: 'JPEG', quality })).bytes;
    const wanted = await at(40);
    const { bytes } = await convert(engine, source, { format: 'JPEG', maxBytes: wanted.length });
    expect(bytes.length).toBeLessThanOrEqual(wanted.length);
    expect((await at(42)).length).toBeGreaterThan(wanted.length);
    expect(bytes.length).toBeGreaterThan((await at(38)).length);
  });

  it('nothing if maxBytes cannot be reached, and names the smallest size', async () => {
    const source = await photoLikeJpeg(2, 300, 200);
    const { length } = (await convert(engine, source, { format: 'JPEG', quality: 1 })).bytes;
    await expect(convert(engine, source, { format: 'JPEG', maxBytes: 300 })).rejects.toMatchObject({
      code: 'PROCESSING_FAILED',
      message: `The result has ${length} bytes at the lowest quality; maxBytes is 300`,
    });
  });

  it('no format without a quality to maxBytes', async () => {
    const source = await photoLikeJpeg(2, 30, 20);
    await expect(convert(engine, source, { format: 'PNG', maxBytes: 1_000 })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message:
        'input.operations[0].convert.maxBytes: PNG has no quality to lower; formats with one: JPEG, WEBP, AVIF',
    });
  });

  it('every format that it names, from grey, 16 bits and transparency', async () => {
    const { writes } = await (await loadEngine(engine)).info();
    const raw = { width: 8, height: 8, channels: 1 } as const;
    const deep = await sharp(new Uint16Array(64).fill(0x8080), { raw })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    for (const format of writes) {
      const { bytes } = await convert(engine, deep, { format });
      expect([format, pixelAt(await decodeAny(bytes, format), 4, 4)[0]]).toEqual([format, 128]);
    }
  });
});

/** Also a BMP, which libvips does not read. */
async function decodeAny(bytes: Uint8Array, format: ImageFormat) {
  if (format !== 'BMP') return decode(bytes);
  return decode((await convert('JIMP', bytes, { format: 'PNG' })).bytes);
}
