import { describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { resize, rotate } from '../../support/fakes/run-engine.js';
import { headersOf, interlacedBomb } from '../../support/images/hostile-images.js';
import { png, quarters } from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const MEGABYTE = 1024 * 1024;

describe.each(IMAGE_ENGINES)('%s', (engine) => {
  const process = (bytes: Uint8Array, ...operations: Operation[]) =>
    processImage(bytes, {
      engine,
      operations: operations.length > 0 ? operations : [resize(10, 10)],
      limits,
    });

  it('refuses too many pixels before it decodes, in the source and after every step', async () => {
    await expect(process(headersOf.PNG(10_000, 5001))).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const small = await png(quarters(20, 20));
    for (const [operations, at] of [
      [[resize(20_000, 20_000)], 'operations[0].resize'],
      [[resize(7000, 7000), rotate(45)], 'operations[1].rotate'],
      [[resize(1, 20_000), resize(5000, 5000, 'COVER'), resize(5, 5)], 'operations[1].resize'],
      [[resize(undefined, 65_535), resize(1, 1)], 'operations[0].resize'],
    ] as const) {
      await expect(process(small, ...operations)).rejects.toMatchObject({
        code: 'LIMIT_EXCEEDED',
        message: expect.stringContaining(at),
      });
    }
  });

  it('does not unpack more than an image needs', async () => {
    const bytes = interlacedBomb(200);
    expect(bytes.length).toBeLessThan(MEGABYTE);
    if (engine === 'JIMP') {
      // Its decoder would decompress all of it.
      const refused = { code: 'LIMIT_EXCEEDED', details: { limit: 'inflatedBytes' } };
      await expect(process(bytes)).rejects.toMatchObject(refused);
    } else {
      // libpng stops at the last row.
      await expect(process(bytes)).resolves.toMatchObject({ width: 10, height: 10 });
    }
  });

  it('returns a typed error without paths or stacks for images that are damaged anywhere', async () => {
    const source = await png(quarters(24, 16));
    const files = {
      JPEG: Buffer.from(await photoLikeJpeg(3, 48, 32)),
      PNG: Buffer.from(source),
      GIF: await sharp(source).gif().toBuffer(),
      TIFF: await sharp(source).tiff({ compression: 'lzw' }).toBuffer(),
      'TIFF, deflate': await sharp(source).tiff({ compression: 'deflate' }).toBuffer(),
      BMP: Buffer.from(
        (
          await processImage(source, {
            engine: 'SHARP',
            operations: [{ kind: 'CONVERT', params: { format: 'BMP' } }],
            limits,
          })
        ).bytes,
      ),
      ...(engine === 'SHARP' && {
        WEBP: await sharp(source).webp().toBuffer(),
        AVIF: await sharp(source).avif({ effort: 0 }).toBuffer(),
      }),
    };
    for (const [name, file] of Object.entries(files)) {
      for (let i = 0; i < 40; i++) {
        const damaged = Buffer.from(file);
        const at = Math.floor((i / 40) * file.length);
        if (i % 2 === 0) damaged.fill((i * 37) % 256, at, Math.min(at + 8, file.length));
        const bytes = i % 2 === 0 ? damaged : damaged.subarray(0, at);
        const error = await process(bytes).then(
          () => undefined,
          (thrown) => thrown,
        );
        if (error === undefined) continue; // damage that only changes colours
        expect({ name, i, code: error.code }).toEqual({
          name,
          i,
          code: expect.stringMatching(/^(UNSUPPORTED_MEDIA|LIMIT_EXCEEDED|BAD_USER_INPUT)$/),
        });
        expect(error.message).not.toMatch(/[/\\\n]/);
      }
    }
  });

  it('refuses an image whose pixels are missing', async () => {
    const photo = await photoLikeJpeg(3, 200, 150);
    const half = Buffer.concat([photo.subarray(0, photo.length / 2), Buffer.from([0xff, 0xd9])]);
    await expect(inspectImage(half, limits)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
    await expect(process(half)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
  });
});
