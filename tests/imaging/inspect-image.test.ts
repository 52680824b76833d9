import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { sharp } from '../../src/imaging/engines/sharp/sharp-library.js';
import { inspectImage } from '../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import { bomb, chunkBomb, headersOf, packedChunks } from '../support/images/hostile-images.js';
import { withSegment } from '../support/images/jpeg-segments.js';
import { chunk, headerChunk, pngOf, pngWith, withChunk } from '../support/images/png-chunks.js';
import { jpeg, paint, png, quarters, transparentThirds } from '../support/images/test-images.js';

const inspect = (bytes: Uint8Array | string) =>
  inspectImage(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, DEFAULT_IMAGING_LIMITS);
const unsupported = { name: 'AppError', code: 'UNSUPPORTED_MEDIA' };

describe('inspectImage refuses more pixels in a frame than the limit, before it decodes', () => {
  it.each([
    ['PNG', headersOf.PNG(10_000, 5001)],
    ['JPEG', headersOf.JPEG(10_000, 5001)],
    ['GIF', headersOf.GIF(10_000, 5001)],
    ['BMP', headersOf.BMP(10_000, 5001)],
    ['a BMP from top to bottom', headersOf.BMP(10_000, -5001)],
    ['TIFF', headersOf.TIFF(10_000, 5001)],
    ['a TIFF of one huge tile', headersOf.TIFF(10, 10, { tile: 10_000 })],
    ['a PNG of the greatest size there is', headersOf.PNG(2 ** 31 - 1, 2 ** 31 - 1)],
  ])('%s', async (_, bytes) => {
    await expect(inspect(bytes)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'maxPixels', value: 50_000_000, asked: expect.any(Number) },
    });
  });

  it('accepts a value at the limit', async () => {
    expect(await inspect(headersOf.PNG(10_000, 5000))).toEqual({
      format: 'PNG',
      width: 10_000,
      height: 5000,
      frames: 1,
    });
  });

  it.each([
    ['a GIF', headersOf.GIF(1000, 1000, 1001)],
    ['a TIFF', headersOf.TIFF(1000, 1000, { pages: 1001 })],
    ['a TIFF of ten thousand pages', headersOf.TIFF(1, 1, { pages: 10_000 })],
    ['a PNG', pngWith({ width: 9, height: 9 }, 9, chunk('acTL', Buffer.from([0, 0, 4, 0, 0, 0, 0, 0])))],
  ])('refuses more frames than the limit: %s', async (_, bytes) => {
    await expect(inspect(bytes)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'maxFrames', value: 1_000, asked: expect.any(Number) },
    });
  });

  it('bounds the pixels of one frame, not of all together', async () => {
    expect(await inspect(headersOf.GIF(1000, 1000, 210))).toMatchObject({ frames: 210 });
    expect(await inspect(headersOf.TIFF(3000, 4000, { pages: 6 }))).toMatchObject({ frames: 6 });
  });

  it('counts the frames of a WebP animation', async () => {
    const frames = [quarters(50, 40), transparentThirds(50, 40), paint(50, 40, () => [9, 9, 9, 255])];
    const strip = Buffer.concat(frames.map(({ data }) => data));
    const webp = await sharp(strip, { raw: { width: 50, height: 120, channels: 4, pageHeight: 40 } })
      .webp()
      .toBuffer();
    expect(await inspect(webp)).toEqual({ format: 'WEBP', width: 50, height: 40, frames: 3 });
    const limits = { ...DEFAULT_IMAGING_LIMITS, maxFrames: 2 };
    await expect(inspectImage(webp, limits)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('counts an AVIF', async () => {
    const avif = await sharp(await png(quarters(50, 40)))
      .avif()
      .toBuffer();
    const limits = { ...DEFAULT_IMAGING_LIMITS, maxPixels: 50 * 40 - 1 };
    await expect(inspectImage(avif, limits)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

describe('inspectImage refuses', () => {
  it.each([
    ['nothing', ''],
    ['text', 'Dear Sir or Madam'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['SVG behind a declaration', '<?xml version="1.0"?><svg/>'],
    ['HTML', '<!DOCTYPE html><script>alert(1)</script>'],
    ['PDF', '%PDF-1.7\n'],
    ['a script', '#!/bin/sh\nexit 0\n'],
    ['a ZIP', 'PK\x03\x04'],
    ['a HEIC photograph', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['a BigTIFF', 'II+\0\x08\0\0\0'],
  ])('%s', async (_, text) => {
    await expect(inspect(text)).rejects.toMatchObject(unsupported);
  });

  it.each([
    '\x89PNG\r\n\x1a\n',
    '\xff\xd8\xff',
    'GIF89a',
    'BM',
    'II*\0',
    'MM\0*',
    'RIFF\0\0\0\0WEBP',
    '\0\0\0\x18ftypavif',
  ])('magic bytes with nothing, zeros or noise behind them: %j', async (magic) => {
    const noise = Array.from({ length: 500 }, (_, i) => String.fromCharCode((i * 73 + 41) % 256)).join('');
    for (const rest of ['', '\0'.repeat(500), '\xff'.repeat(500), noise]) {
      await expect(inspect(magic + rest)).rejects.toMatchObject(unsupported);
    }
  });

  it('an image cut short anywhere in its header', async () => {
    const whole = {
      png: Buffer.from(await png(quarters(20, 20))),
      jpeg: Buffer.from(await jpeg(quarters(20, 20))),
      tiff: await sharp(await png(quarters(20, 20)))
        .tiff()
        .toBuffer(),
      webp: await sharp(await png(quarters(20, 20)))
        .webp()
        .toBuffer(),
    };
    for (const bytes of Object.values(whole)) {
      for (let length = 0; length < 24; length++) {
        await expect(inspect(bytes.subarray(0, length))).rejects.toMatchObject(unsupported);
      }
    }
    for (const bytes of [whole.png, whole.jpeg]) {
      await expect(inspect(bytes.subarray(0, bytes.length - 20))).rejects.toMatchObject(unsupported);
    }
  });

  it.each([
    [
      'a JPEG with two frames',
      async () => withSegment(await jpeg(quarters(9, 9)), 0xc0, Buffer.from([8, 0, 9, 0, 9, 1, 1, 17, 0])),
    ],
    ['a JPEG without a height', async () => headersOf.JPEG(10, 0)],
    ['a PNG without pixels', async () => pngOf(headerChunk({ width: 9, height: 9 }), chunk('IEND'))],
    ['a PNG of no width', async () => headersOf.PNG(0, 9)],
    ['a GIF without a frame', async () => headersOf.GIF(9, 9, 0)],
    ['a TIFF without a page', async () => Buffer.from('II*\0\0\0\0\0', 'latin1')],
  ])('%s', async (_, bytes) => {
    await expect(inspect(await bytes())).rejects.toMatchObject(unsupported);
  });

  it.each([
    [
      'HEIC',
      '\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf',
      /^HEIC \(HEIF\) files are not supported; export them as JPEG/,
    ],
    ['HEIF of a general brand', '\0\0\0\x18ftypmif1\0\0\0\0mif1heix', /HEI[CF]/],
    ['JPEG XL', '\xff\x0a\xfa\x7f', /JPEG XL/],
    ['JPEG XL in boxes', '\0\0\0\x0cJXL \r\n\x87\n', /JPEG XL/],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n', /JPEG 2000/],
    ['a JPEG 2000 code stream', '\xff\x4f\xff\x51', /JPEG 2000/],
    ['PSD', '8BPS\0\x01', /Photoshop/],
    ['BigTIFF', 'II+\0\x08\0\0\0', /BigTIFF/],
    ['big-endian BigTIFF', 'MM\0+\0\x08\0\0', /BigTIFF/],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
    ['SVG behind a declaration', '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg/>', /SVG/],
    ['SVGZ', '\x1f\x8b\x08\0\0\0\0\0\0\x03', /^Gzip \(SVGZ\) files are not supported; .*PNG/],
    ['ZIP', 'PK\x03\x04\x14\0', /^ZIP files are not supported; extract/],
    ['PDF', '%PDF-1.7\n', /PDF/],
    ['PDF behind an empty line', '\n%PDF-1.7\n', /PDF/],
    ['CR3', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom', /^Raw photograph/],
    ['RAF', 'FUJIFILMCCD-RAW 0201', /^Raw photograph/],
    ['RW2', 'IIU\0\x08\0\0\0', /^Raw photograph/],
    ['an icon', '\0\0\x01\0\x01\0', /icon/],
    ['a video', '\0\0\0\x18ftypisom\0\0\0\0isommp42', /^Video/],
    ['Targa, which begins like an icon', '\0\0\x02\0\0\0\0\0', /^The file is not an image/],
    ['nothing', '', /^The file is empty$/],
    ['text', 'Dear Sir or Madam', /^The file is not an image; supported formats: JPEG, PNG/],
  ])('%s, named in the message', async (_, text, message) => {
    await expect(inspect(text)).rejects.toMatchObject({
      ...unsupported,
      message: expect.stringMatching(message),
    });
  });

  it.each(['webp', 'avif'] as const)('a %s file that is cut short, named in the message', async (format) => {
    const whole = await sharp(Buffer.from(await png(quarters(90, 60))))
      .toFormat(format)
      .toBuffer();
    for (const length of [whole.length >> 1, whole.length - 20]) {
      await expect(inspect(whole.subarray(0, length))).rejects.toMatchObject({
        ...unsupported,
        message: `The ${format.toUpperCase()} file is cut short`,
      });
    }
    await expect(inspect(whole)).resolves.toMatchObject({ width: 90 });
    await expect(inspect(Buffer.concat([whole, Buffer.alloc(9)]))).resolves.toMatchObject({ width: 90 });
  });

  it('an animated AVIF, named in the message', async () => {
    // Its frames are in a track (moov), which only sequences have.
    const sequence = Buffer.from('\0\0\0\x1cftypavis\0\0\0\0avifavismsf1\0\0\0\x08moov', 'latin1');
    await expect(inspect(sequence)).rejects.toMatchObject({
      message: expect.stringMatching(/animated AVIF/i),
    });
  });

  it.each(['zTXt', 'iTXt', 'iCCP'] as const)('a PNG whose %s would decompress to 100 MB', async (name) => {
    const bytes = chunkBomb(name, 100);
    expect(bytes.length).toBeLessThan(200_000);
    await expect(inspect(bytes)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'inflatedBytes' },
    });
  });
});

describe('inspectImage counts what all packed chunks of a PNG unpack to together', () => {
  const refused = { code: 'LIMIT_EXCEEDED', details: { limit: 'inflatedBytes', value: 4 * 1024 * 1024 } };
  const damaged = (megabytes: number) => {
    const packed = bomb(megabytes);
    packed[packed.length - 1] = (packed[packed.length - 1] as number) ^ 1;
    return packed;
  };

  it.each(['zTXt', 'iTXt', 'iCCP'] as const)('%s', async (name) => {
    await expect(inspect(packedChunks(name, bomb(1), 4))).resolves.toMatchObject({ format: 'PNG' });
    await expect(inspect(packedChunks(name, bomb(1), 5))).rejects.toMatchObject(refused);
  });

  it('also where its checksum is wrong, and one alone does no harm', async () => {
    await expect(inspect(packedChunks('zTXt', damaged(4), 1))).resolves.toMatchObject({ format: 'PNG' });
    await expect(inspect(packedChunks('zTXt', damaged(4), 5000))).rejects.toMatchObject(refused);
  });

  it('and thousands that are empty', async () => {
    await expect(inspect(packedChunks('zTXt', deflateSync(''), 2000))).rejects.toMatchObject(refused);
  });
});

describe('inspectImage refuses an image that is something else as well', () => {
  const zip = Buffer.from(`PK\x05\x06${'\0'.repeat(16)}\x05\0hello`, 'latin1');

  it.each([
    [
      'markup in a comment',
      async () => withSegment(await jpeg(quarters(9, 9)), 0xfe, Buffer.from('<ScRiPt>alert(1)</ScRiPt>')),
    ],
    [
      'PHP in a text',
      async () =>
        withChunk(await png(quarters(9, 9)), chunk('tEXt', Buffer.from('a\0<?php system($_GET[0]);'))),
    ],
    [
      'HTML behind its end',
      async () => Buffer.concat([await png(quarters(9, 9)), Buffer.from('<html><body>')]),
    ],
    [
      'a PDF within its first kilobyte',
      async () => withSegment(await jpeg(quarters(9, 9)), 0xfe, Buffer.from('\n%PDF-1.4\n')),
    ],
    ['a ZIP behind its end', async () => Buffer.concat([await png(quarters(9, 9)), zip])],
  ])('%s', async (_, bytes) => {
    await expect(inspect(await bytes())).rejects.toMatchObject({
      ...unsupported,
      message: expect.stringContaining('The image is also'),
    });
  });

  it('but not one in which the four letters of a ZIP turn up by chance', async () => {
    const bytes = withChunk(
      await png(quarters(9, 9)),
      chunk('tEXt', Buffer.concat([Buffer.from('a\0'), zip])),
    );
    await expect(inspect(bytes)).resolves.toMatchObject({ format: 'PNG' });
  });
});
