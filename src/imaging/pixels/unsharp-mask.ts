import { premultiply } from './alpha.js';
import { isOpaque, type Raster, type Samples } from './raster.js';

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

/**
 * Sharpens colours with {@link unsharpKernel}; edges repeat. Opacity stays as it is, as in libvips' `sharpen`: an
 * overshoot of alpha would show as a halo. Colours are compared with the mean of their neighbourhood by opacity, so
 * the colour of transparent pixels has no effect.
 */
export function unsharpMask<Source extends Raster>(raster: Source, amount: number): Source {
  if (amount === 0) return raster;
  return { ...raster, data: isOpaque(raster) ? convolve(raster, amount) : convolveColours(raster, amount) };
}

function convolve(raster: Raster, amount: number): Uint8Array {
  const { data, channels } = raster;
  const out = new Uint8ClampedArray(data.length);
  const own = (24 + 9 * amount) / 24;
  const mean = amount / 24;
  forEachRow(raster, (row, columns) => {
    const stride = columns.length;
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? i - channels : i;
      const right = i < stride - channels ? i + channels : i;
      const sum = (columns[left] as number) + (columns[i] as number) + (columns[right] as number);
      out[row + i] = own * (data[row + i] as number) - mean * sum;
    }
  });
  return new Uint8Array(out.buffer);
}

/** As {@link convolve}, for images with transparency. Pixels that are fully transparent become transparent black. */
function convolveColours(raster: Raster, amount: number): Uint8Array {
  const { data, channels } = raster;
  const out = new Uint8ClampedArray(data.length);
  const colours = channels - 1;
  const detail = (9 * amount) / 24;
  forEachRow(premultiply(raster), (row, columns) => {
    const stride = columns.length;
    for (let i = 0; i < stride; i += channels) {
      const opacity = data[row + i + colours] as number;
      if (opacity === 0) continue;
      out[row + i + colours] = opacity;
      const left = i >= channels ? i - channels : i;
      const right = i < stride - channels ? i + channels : i;
      const sum = (c: number) =>
        (columns[left + c] as number) + (columns[i + c] as number) + (columns[right + c] as number);
      // Sums of colour times alpha, and of alpha times 255.
      const weight = sum(colours);
      for (let c = 0; c < colours; c++) {
        const colour = data[row + i + c] as number;
        out[row + i + c] = colour + detail * (colour - (255 * sum(c)) / weight);
      }
    }
  });
  return new Uint8Array(out.buffer);
}

/**
 * Passes each row's offset, and the sums of its values with those above and below: computed once, each is used for
 * three pixels.
 */
function forEachRow(
  { data, width, height, channels }: Samples,
  visit: (row: number, columns: Float64Array) => void,
): void {
  const stride = width * channels;
  const columns = new Float64Array(stride);
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    const above = y > 0 ? row - stride : row;
    const below = y < height - 1 ? row + stride : row;
    for (let i = 0; i < stride; i++) {
      columns[i] = (data[above + i] as number) + (data[row + i] as number) + (data[below + i] as number);
    }
    visit(row, columns);
  }
}
