import { describe, expect, it } from '@jest/globals';
import { photoLikeRaster } from '../../../src/benchmark/measure/photo-like-raster.js';
import { quantize } from '../../../src/imaging/pixels/quantize.js';
import { paint, quarters, transparentThirds } from '../../support/images/test-images.js';

describe('quantize', () => {
  it('keeps the colours of an image with few', () => {
    const { indices, palette, transparent } = quantize({ ...quarters(8, 8), channels: 4 });
    const at = (x: number, y: number) => palette[indices[y * 8 + x] ?? 0];
    expect([at(0, 0), at(7, 0), at(0, 7), at(7, 7)]).toEqual([0xff0000, 0x00ff00, 0x0000ff, 0xffffff]);
    expect([palette.length, transparent]).toEqual([4, undefined]);
  });

  it('keeps 256 colours exactly, however near to one another', () => {
    const image = paint(16, 16, (x, y) => [x, y, 3, 255]);
    const { indices, palette } = quantize({ ...image, channels: 4 });
    expect(palette.length).toBe(256);
    for (const [i, index] of indices.entries())
      expect(palette[index]).toBe(((i % 16) << 16) | (Math.floor(i / 16) << 8) | 3);
  });

  it('gives one index to what is less than half opaque', () => {
    const { indices, palette, transparent } = quantize({ ...transparentThirds(9, 1), channels: 4 });
    expect(transparent).toBe(palette.length - 1);
    expect([...indices]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('works on an image without an opaque pixel', () => {
    const clear = quantize({ ...paint(4, 4, () => [1, 2, 3, 0]), channels: 4 });
    expect(clear).toMatchObject({ palette: [0], transparent: 0 });
  });

  it('stays near a photograph with 256 colours', () => {
    const photo = photoLikeRaster(5, 200, 150);
    const { indices, palette } = quantize(photo);
    expect(palette.length).toBe(256);
    let squares = 0;
    for (const [i, index] of indices.entries()) {
      const colour = palette[index] ?? 0;
      squares += ((photo.data[i * 4] ?? 0) - (colour >> 16)) ** 2;
    }
    expect(Math.sqrt(squares / indices.length)).toBeLessThan(8);
  });
});
