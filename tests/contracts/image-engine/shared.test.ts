import { describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { shareBytes } from '../../../src/execution/workers/shared-bytes.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { loadEngine } from '../../../src/imaging/engines/engine-registry.js';
import type { ImageFormat } from '../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { decode, GREEN, paint, pixelAt, RED, tiff } from '../../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;
const operations: Operation[] = [{ kind: 'GRAYSCALE', params: {} }];

const photos = new Map<string, Uint8Array>();

/** Returns a copy of the photo in memory of its own; each is encoded once. */
async function photoIn(format: ImageFormat, width = 96, height = 64): Promise<Uint8Array> {
  const key = `${format} ${width}x${height}`;
  const photo = photos.get(key) ?? (await encoded(format, width, height));
  photos.set(key, photo);
  return new Uint8Array(photo);
}

async function encoded(format: ImageFormat, width: number, height: number): Promise<Uint8Array> {
  const convert: Operation = { kind: 'CONVERT', params: { format } };
  const photo = await photoLikeJpeg(1, width, height);
  return (await processImage(photo, { engine: 'SHARP', operations: [convert], limits })).bytes;
}

describe.each(IMAGE_ENGINES)('%s, given memory that threads share', (engine) => {
  it('returns the same result for every format, and leaves the source unchanged', async () => {
    const { reads } = await (await loadEngine(engine)).info();
    expect(reads).toContain('JPEG');
    for (const format of reads) {
      const own = await photoIn(format);
      const shared = shareBytes(own);
      expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
      const [expected, result] = [
        await processImage(own, { engine, operations, limits }),
        await processImage(shared, { engine, operations, limits }),
      ];
      expect([format, Buffer.compare(result.bytes, expected.bytes)]).toEqual([format, 0]);
      expect([format, Buffer.compare(shared, own)]).toEqual([format, 0]);
    }
  });

  it('frees no source that is in memory of its own', async () => {
    const { reads } = await (await loadEngine(engine)).info();
    for (const format of reads) {
      // Large enough that its pixels are freed by hand.
      const source = await photoIn(format, 320, 240);
      const before = Buffer.from(source);
      await processImage(source, { engine, operations, limits });
      expect([format, Buffer.compare(source, before)]).toEqual([format, 0]);
    }
  });

  it('decodes it in place, without a copy', async () => {
    // Not compressed, so that both files have one size and one header.
    const [source, other] = await Promise.all([RED, GREEN].map((colour) => tiff(paint(8, 8, () => colour))));
    const shared = shareBytes(source ?? new Uint8Array());
    const convert: Operation = { kind: 'CONVERT', params: { format: 'PNG' } };
    const request = { engine, operations: [convert], limits };
    const { bytes } = await processImage(shared, request, async (step) => {
      // Mutates the shared input, which no step may do, to show what the step reads.
      shared.set(other ?? []);
      return step();
    });
    expect(pixelAt(await decode(bytes), 4, 4)).toEqual(GREEN);
  });
});
