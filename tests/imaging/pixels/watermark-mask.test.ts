import { describe, expect, it } from '@jest/globals';
import { gaussianBlur } from '../../../src/imaging/pixels/gaussian-blur.js';
import { drawText } from '../../../src/imaging/pixels/watermark/watermark-font.js';
import { watermarkMask } from '../../../src/imaging/pixels/watermark/watermark-mask.js';

const red = ({ data }: { data: Uint8Array | Uint8ClampedArray }) => data.filter((_, i) => i % 4 === 0);

describe('the mask of a watermark', () => {
  it('has the letters and their blurred edge, at the first use and later', () => {
    const letters = drawText('nogil', 40, 3);
    for (let use = 0; use < 2; use++) {
      const mask = watermarkMask('nogil', 40, 3);
      expect([mask.width, mask.height]).toEqual([letters.width, letters.height]);
      expect(Buffer.from(mask.letters).equals(Buffer.from(red(letters)))).toBe(true);
      expect(Buffer.from(mask.edge).equals(Buffer.from(red(gaussianBlur(letters, 1.5))))).toBe(true);
    }
  });

  it('is drawn once for a text and a size', () => {
    const mask = watermarkMask('once', 20, 2);
    expect(watermarkMask('once', 20, 2)).toBe(mask);
    expect(watermarkMask('once', 21, 2)).not.toBe(mask);
    expect(watermarkMask('twice', 20, 2)).not.toBe(mask);
  });

  it('is dropped when others, used later, take the memory of the cache', () => {
    const kept = watermarkMask('kept', 20, 2);
    const dropped = watermarkMask('dropped', 20, 2);
    // Each takes about a megabyte; the cache holds four.
    for (let i = 0; i < 8; i++) {
      watermarkMask(`a line of letters ${i}`, 250 + i, 21);
      expect(watermarkMask('kept', 20, 2)).toBe(kept);
    }
    expect(watermarkMask('dropped', 20, 2)).not.toBe(dropped);
  });
});
