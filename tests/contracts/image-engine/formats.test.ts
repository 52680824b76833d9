import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineInfo } from '../../../src/imaging/engine-info.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { loadEngine } from '../../../src/imaging/engines/engine-registry.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { IMAGE_FORMATS, type ImageFormat } from '../../../src/imaging/image-format.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { run } from '../../support/fakes/run-engine.js';
import { difference, pixelAt, png, quarters, transparentThirds } from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const convert = (format: ImageFormat, quality?: number): Operation => ({
  kind: 'CONVERT',
  params: { format, ...(quality !== undefined && { quality }) },
});
const withoutAlpha: readonly ImageFormat[] = ['JPEG', 'BMP'];
const lossy: readonly ImageFormat[] = ['JPEG', 'WEBP', 'AVIF'];

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  let info: EngineInfo;
  let opaque: Uint8Array;
  let thirds: Uint8Array;
  const process = (bytes: Uint8Array, ...operations: Operation[]) =>
    processImage(bytes, { engine, operations, limits });

  beforeAll(async () => {
    info = await (await loadEngine(engine)).info();
    opaque = await png(quarters(40, 30));
    thirds = await png(transparentThirds(48, 32));
  });

  it('returns its name, its version, and the formats that it reads and writes', () => {
    expect(info).toMatchObject({ engine, version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(info.reads).toEqual(
      engine === 'SHARP' ? [...IMAGE_FORMATS] : ['JPEG', 'PNG', 'GIF', 'TIFF', 'BMP'],
    );
    expect(info.writes).toEqual(info.reads);
  });

  it.each(IMAGE_FORMATS)('writes %s and reads it again, or says which engine can', async (format) => {
    if (!info.writes.includes(format)) {
      await expect(process(opaque, convert(format))).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: `input.operations[0].convert.format: JIMP cannot write ${format}; SHARP can`,
        details: { field: 'input.operations[0].convert.format' },
      });
      return;
    }
    const { bytes, ...result } = await process(opaque, convert(format, 100));
    expect(result).toMatchObject({ format, width: 40, height: 30 });
    expect(await inspectImage(bytes, limits)).toEqual({ format, width: 40, height: 30, frames: 1 });
    const back = await run(engine, bytes);
    const tolerance = lossy.includes(format) ? 40 : 2;
    for (const [x, y] of [
      [5, 5],
      [34, 5],
      [5, 24],
      [34, 24],
    ] as const) {
      expect(difference(pixelAt(back, x, y), pixelAt(quarters(40, 30), x, y))).toBeLessThan(tolerance);
    }
  });

  it.each(IMAGE_FORMATS)('keeps transparency in %s, or lays it on white', async (format) => {
    if (!info.writes.includes(format)) return;
    const back = await run(engine, (await process(thirds, convert(format))).bytes);
    const [clear, half, full] = [8, 24, 40].map((x) => pixelAt(back, x, 16)) as [
      number[],
      number[],
      number[],
    ];
    expect(difference(full, [255, 0, 0, 255])).toBeLessThan(40);
    if (withoutAlpha.includes(format)) {
      expect(difference(clear, [255, 255, 255, 255])).toBeLessThan(20);
      expect(difference(half, [255, 127, 127, 255])).toBeLessThan(20);
    } else {
      expect(clear[3]).toBe(0);
      // A palette has no partial transparency.
      expect(half[3]).toBe(format === 'GIF' ? 255 : 128);
    }
  });

  it('lays the corners of a rotation on white as well', async () => {
    const turn: Operation = { kind: 'ROTATE', params: { degrees: 45, background: '#00000000' } };
    const back = await run(engine, (await process(opaque, turn, convert('JPEG'))).bytes);
    expect(difference(pixelAt(back, 0, 0), [255, 255, 255, 255])).toBeLessThan(20);
  });

  it('writes smaller files at a lower quality', async () => {
    const [low, high] = await Promise.all(
      [10, 95].map((quality) => process(opaque, convert('JPEG', quality))),
    );
    expect(low?.bytes.length).toBeLessThan(high?.bytes.length ?? 0);
  });

  it('keeps the format of the source without CONVERT, and takes the last of several', async () => {
    const gif = (await process(opaque, convert('GIF'))).bytes;
    const nothing: Operation = { kind: 'SHARPEN', params: { amount: 0 } };
    expect((await process(gif, nothing)).format).toBe('GIF');
    expect((await process(opaque, convert('GIF'), nothing, convert('BMP'))).format).toBe('BMP');
  });

  it('takes the first frame of an animation and the first page of a document', async () => {
    const pages = [quarters(40, 30), transparentThirds(40, 30)];
    const strip = Buffer.concat(pages.map(({ data }) => data));
    const animation = sharp(strip, { raw: { width: 40, height: 60, channels: 4, pageHeight: 30 } });
    for (const bytes of [
      await animation.clone().gif().toBuffer(),
      await animation.clone().tiff().toBuffer(),
    ]) {
      expect(await inspectImage(bytes, limits)).toMatchObject({ width: 40, height: 30, frames: 2 });
    }
    const back = await run(engine, await animation.clone().gif().toBuffer());
    expect([back.width, back.height]).toEqual([40, 30]);
    expect(difference(pixelAt(back, 34, 5), [0, 255, 0, 255])).toBeLessThan(3);
  });
});

it('JIMP refuses sources that SHARP alone reads, before anything else', async () => {
  const webp = await sharp(await png(quarters(8, 8)))
    .webp()
    .toBuffer();
  await expect(
    processImage(webp, { engine: 'JIMP', operations: [convert('PNG')], limits }),
  ).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
    message: 'input.engine: JIMP cannot read WEBP; SHARP can',
  });
});
