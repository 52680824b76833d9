import { asSamples, premultiplied, samplesLike } from './alpha.js';
import type { Raster, Samples } from './raster.js';

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
export function unsharpMask<Source extends Raster>(raster: Source, amount: number): Source {
  return amount === 0 ? raster : premultiplied(raster, (samples) => convolve(samples, amount));
}

function convolve({ data, width, height, channels }: Samples, amount: number): Samples {
  const out = samplesLike(data, data.length);
  const stride = width * channels;
  const own = (24 + 9 * amount) / 24;
  const mean = amount / 24;
  // Sums of three rows, one column after another: each is used for three pixels.
  const columns = new Float64Array(stride);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    const above = y > 0 ? row - stride : row;
    const below = y < height - 1 ? row + stride : row;
    for (let i = 0; i < stride; i++) {
      columns[i] = (data[above + i] as number) + (data[row + i] as number) + (data[below + i] as number);
    }
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? i - channels : i;
      const right = i < stride - channels ? i + channels : i;
      const sum = (columns[left] as number) + (columns[i] as number) + (columns[right] as number);
      out[row + i] = own * (data[row + i] as number) - mean * sum;
    }
  }
  return { data: asSamples(out), width, height, channels };
}
