import { premultiplied } from './alpha.js';
import type { RgbaRaster } from './raster.js';

/**
 * The 3x3 kernel of an unsharp mask: a pixel plus 3/8 x amount of how far it is above the mean of its
 * neighbourhood. At amount 1 it is libvips' and sharp's quick `sharpen()`: -1 around 32, over 24.
 *
 * @returns nine weights, row by row, and the number to divide by
 */
export function unsharpKernel(amount: number): { kernel: number[]; scale: number } {
  const around = -amount;
  const centre = 24 + 8 * amount;
  return { kernel: [around, around, around, around, centre, around, around, around, around], scale: 24 };
}

/** Convolves with {@link unsharpKernel}; edges repeat. */
export function unsharpMask(raster: RgbaRaster, amount: number): RgbaRaster {
  if (amount === 0) return raster;
  return premultiplied(raster, ({ data, width, height }) => {
    const out = new Uint8ClampedArray(data.length);
    const stride = width * 4;
    const own = (24 + 9 * amount) / 24;
    const mean = amount / 24;
    // Sums of three rows, one column after another: each is used for three pixels.
    const columns = new Int32Array(stride);
    for (let y = 0; y < height; y++) {
      const row = y * stride;
      const above = y > 0 ? row - stride : row;
      const below = y < height - 1 ? row + stride : row;
      for (let i = 0; i < stride; i++) {
        columns[i] = (data[above + i] as number) + (data[row + i] as number) + (data[below + i] as number);
      }
      for (let i = 0; i < stride; i++) {
        const left = i >= 4 ? i - 4 : i;
        const right = i < stride - 4 ? i + 4 : i;
        const sum = (columns[left] as number) + (columns[i] as number) + (columns[right] as number);
        out[row + i] = own * (data[row + i] as number) - mean * sum;
      }
    }
    return { data: new Uint8Array(out.buffer), width, height, channels: 4 };
  });
}
