import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeLzw } from '../../../src/imaging/codecs/tiff/lzw-decoder.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { mainPage } from '../../../src/imaging/headers/tiff-header.js';
import { TIFF_TAG } from '../../../src/imaging/headers/tiff-page.js';
import { assertProperty } from '../../support/property.js';

/** Packs rows of grey pixels as libtiff does, in one strip. */
async function packed(data: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const file = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .tiff({ compression: 'lzw', predictor: 'none' })
    .toBuffer();
  const { page } = mainPage(file);
  const offsets = page.values(TIFF_TAG.stripOffsets);
  const lengths = page.values(TIFF_TAG.stripByteCounts);
  expect(offsets).toHaveLength(1);
  return file.subarray(offsets[0], (offsets[0] ?? 0) + (lengths[0] ?? 0));
}

describe('the LZW decoder', () => {
  it('decodes data that libtiff packed, of few colours and of all', async () => {
    for (const colours of [1, 2, 17, 256]) {
      // Long enough to fill the code table, which is then cleared.
      const data = Uint8Array.from({ length: 8_000 }, (_, i) => (i * i * 31 + (i >> 3)) % colours);
      expect(decodeLzw(await packed(data, 8_000, 1), 8_000)).toEqual(data);
    }
  });

  it('returns at most the limit', async () => {
    const strip = await packed(new Uint8Array(5_000), 5_000, 1);
    expect(decodeLzw(strip, 100)).toEqual(new Uint8Array(100));
  });

  it('ends for any input', () => {
    assertProperty(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          return decodeLzw(bytes, 10_000).length <= 10_000;
        } catch (error) {
          return error instanceof RangeError;
        }
      }),
    );
  });
});
