import { premultiplied } from './alpha.js';
import type { RgbaRaster } from './raster.js';

/** Box filters in a row; three are within 3 % of a Gaussian. */
const PASSES = 3;

/**
 * Gaussian blur at a cost that does not depend on sigma: three extended box filters in each direction, whose
 * fractional radius gives exactly the variance asked for (Gwosdek, Grewenig, Bruhn, Weickert: Theoretical
 * Foundations of Gaussian Convolution by Extended Box Filtering, 2011). Edges repeat.
 *
 * @param sigma standard deviation in pixels
 */
export function gaussianBlur(raster: RgbaRaster, sigma: number): RgbaRaster {
  return premultiplied(raster, ({ data, width, height }) => {
    const out = data.slice();
    const box = extendedBox(sigma);
    const lines: [Float32Array, Float32Array] = [
      new Float32Array(Math.max(width, height)),
      new Float32Array(Math.max(width, height)),
    ];
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < 4; c++) blurLine(out, y * width * 4 + c, 4, width, box, lines);
    }
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 4; c++) blurLine(out, x * 4 + c, width * 4, height, box, lines);
    }
    return { data: out, width, height, channels: 4 };
  });
}

/** A box of 2 x radius + 1 pixels of full weight and one of weight `edge` at each end. */
interface ExtendedBox {
  radius: number;
  edge: number;
}

/** Equations 6 to 8 of the paper: whole radius and fraction from the variance of one pass. */
function extendedBox(sigma: number): ExtendedBox {
  const variance = (sigma * sigma) / PASSES;
  const radius = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const width = 2 * radius + 1;
  const edge =
    (width * (radius * (radius + 1) - 3 * variance)) / (6 * (variance - (radius + 1) * (radius + 1)));
  return { radius, edge };
}

/** Blurs `length` bytes, `step` apart, in place. Floats between the passes: bytes would lose the weak tails. */
function blurLine(
  data: Uint8Array,
  start: number,
  step: number,
  length: number,
  box: ExtendedBox,
  [a, b]: [Float32Array, Float32Array],
): void {
  for (let i = 0, p = start; i < length; i++, p += step) a[i] = data[p] as number;
  boxLine(a, b, length, box);
  boxLine(b, a, length, box);
  boxLine(a, b, length, box);
  for (let i = 0, p = start; i < length; i++, p += step) data[p] = (b[i] as number) + 0.5;
}

function boxLine(from: Float32Array, to: Float32Array, length: number, { radius, edge }: ExtendedBox): void {
  const weight = 1 / (2 * radius + 1 + 2 * edge);
  const last = length - 1;
  const first = from[0] as number;
  const end = from[last] as number;
  // The running sum of the full-weight pixels around i; before the first pixel, the left edge repeats.
  let sum = first * (radius + 1);
  for (let i = 0; i < radius; i++) sum += from[Math.min(i, last)] as number;
  for (let i = 0; i < length; i++) {
    const right = i + radius;
    sum += right < length ? (from[right] as number) : end;
    const left = i - radius - 1;
    sum -= left >= 0 ? (from[left] as number) : first;
    const outer =
      (left >= 0 ? (from[left] as number) : first) + (right + 1 < length ? (from[right + 1] as number) : end);
    to[i] = (sum + edge * outer) * weight;
  }
}
