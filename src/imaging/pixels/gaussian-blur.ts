import { asSamples, premultiplied, samplesLike } from './alpha.js';
import type { Raster, Samples } from './raster.js';

/** Box filters in a row; three are within 3 % of a Gaussian. */
const PASSES = 3;

/**
 * Gaussian blur at a cost that does not depend on sigma: three extended box filters in each direction, whose
 * fractional radius gives exactly the variance asked for (Gwosdek, Grewenig, Bruhn, Weickert: Theoretical
 * Foundations of Gaussian Convolution by Extended Box Filtering, 2011). Edges repeat.
 *
 * @param sigma standard deviation in pixels
 */
export function gaussianBlur<Source extends Raster>(raster: Source, sigma: number): Source {
  return premultiplied(raster, (samples) => blurSamples(samples, sigma));
}

function blurSamples({ data, width, height, channels }: Samples, sigma: number): Samples {
  const out = samplesLike(data, data.length);
  const filter = new LineFilter(Math.max(width, height), sigma);
  const stride = width * channels;
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < channels; c++) filter.run(data, out, y * stride + c, channels, width);
  }
  for (let x = 0; x < stride; x++) filter.run(out, out, x, stride, height);
  return { data: asSamples(out), width, height, channels };
}

type Line = Samples['data'] | Uint8ClampedArray;

/** Blurs one line of samples after another. */
class LineFilter {
  /** Pixels of full weight on each side, and the weight of one more at each end. */
  readonly #radius: number;
  readonly #edge: number;
  /** Repeated samples at both ends, so that no pass has to check for the end of a line. */
  readonly #padding: number;
  readonly #buffers: readonly [Float64Array, Float64Array];

  constructor(longest: number, sigma: number) {
    const { radius, edge } = extendedBox(sigma);
    this.#radius = radius;
    this.#edge = edge;
    this.#padding = PASSES * (radius + 1);
    const length = longest + 2 * this.#padding;
    this.#buffers = [new Float64Array(length), new Float64Array(length)];
  }

  /** Reads and writes `length` samples, `step` apart; `from` and `to` may be the same. */
  run(from: Line, to: Line, start: number, step: number, length: number): void {
    const [a, b] = this.#buffers;
    const padding = this.#padding;
    const reach = this.#radius + 1;
    for (let i = padding, p = start; i < padding + length; i++, p += step) a[i] = from[p] as number;
    const end = padding + length;
    a.fill(a[padding] as number, 0, padding);
    a.fill(a[end - 1] as number, end, end + padding);
    this.#box(a, b, reach, end + padding - reach);
    this.#box(b, a, 2 * reach, end + padding - 2 * reach);
    this.#box(a, b, padding, end);
    for (let i = padding, p = start; i < end; i++, p += step) to[p] = b[i] as number;
  }

  #box(from: Float64Array, to: Float64Array, first: number, end: number): void {
    const radius = this.#radius;
    const edge = this.#edge;
    const weight = 1 / (2 * radius + 1 + 2 * edge);
    let sum = 0;
    for (let i = first - radius; i < first + radius; i++) sum += from[i] as number;
    for (let i = first; i < end; i++) {
      sum += from[i + radius] as number;
      const outer = (from[i - radius - 1] as number) + (from[i + radius + 1] as number);
      to[i] = (sum + edge * outer) * weight;
      sum -= from[i - radius] as number;
    }
  }
}

/** Equations 6 to 8 of the paper: whole radius and fraction from the variance of one pass. */
function extendedBox(sigma: number): { radius: number; edge: number } {
  const variance = (sigma * sigma) / PASSES;
  const radius = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2);
  const width = 2 * radius + 1;
  const edge =
    (width * (radius * (radius + 1) - 3 * variance)) / (6 * (variance - (radius + 1) * (radius + 1)));
  return { radius, edge };
}
