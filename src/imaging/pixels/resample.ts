import { premultiplied } from './alpha.js';
import type { RgbaRaster } from './raster.js';

/** Lobes of the Lanczos kernel, as in libvips' default. */
const LOBES = 3;

/**
 * Scales to exactly `width` x `height` with a Lanczos-3 filter that is widened when shrinking, so that fine
 * detail is averaged and not aliased. The pass that leaves fewer pixels for the other comes first: what lies
 * between the two is then never larger than the larger of source and result.
 */
export function resample(raster: RgbaRaster, width: number, height: number): RgbaRaster {
  if (width === raster.width && height === raster.height) return raster;
  return premultiplied(raster, (source) =>
    source.width * height <= width * source.height
      ? scaleHorizontally(scaleVertically(source, height), width)
      : scaleVertically(scaleHorizontally(source, width), height),
  );
}

/** For every output position: where its window starts in the source, and `taps` weights that sum to 1. */
interface Windows {
  starts: Int32Array;
  weights: Float32Array;
  taps: number;
}

type Four = readonly [number, number, number, number];

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const t = Math.PI * x;
  return (LOBES * Math.sin(t) * Math.sin(t / LOBES)) / (t * t);
}

/** Where a window reaches over the edge, the pixel at the edge repeats. */
function windows(from: number, to: number): Windows {
  const shrink = from / to;
  const stretch = Math.max(1, shrink);
  const reach = Math.ceil(LOBES * stretch);
  const taps = Math.min(from, 2 * reach);
  const starts = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * shrink - 0.5;
    const first = Math.floor(centre) - reach + 1;
    const start = Math.max(0, Math.min(from - taps, first));
    let sum = 0;
    for (let place = first; place < first + 2 * reach; place++) {
      const weight = lanczos((place - centre) / stretch);
      const tap = i * taps + Math.max(0, Math.min(from - 1, place)) - start;
      weights[tap] = (weights[tap] as number) + weight;
      sum += weight;
    }
    for (let k = i * taps; k < (i + 1) * taps; k++) weights[k] = (weights[k] as number) / sum;
    starts[i] = start;
  }
  return { starts, weights, taps };
}

function scaleVertically({ data, width, height }: RgbaRaster, to: number): RgbaRaster {
  if (to === height) return { data, width, height, channels: 4 };
  const { starts, weights, taps } = windows(height, to);
  const stride = width * 4;
  const out = new Uint8ClampedArray(stride * to);
  const sums = new Float32Array(stride);
  for (let y = 0; y < to; y++) {
    sums.fill(0);
    const first = (starts[y] as number) * stride;
    let k = 0;
    // Four rows at a time: that reads and writes the sums a quarter as often.
    for (; k + 4 <= taps; k += 4) {
      const [w0, w1, w2, w3] = weights.subarray(y * taps + k, y * taps + k + 4) as unknown as Four;
      let p = first + k * stride;
      for (let i = 0; i < stride; i++, p++) {
        sums[i] =
          (sums[i] as number) +
          w0 * (data[p] as number) +
          w1 * (data[p + stride] as number) +
          w2 * (data[p + 2 * stride] as number) +
          w3 * (data[p + 3 * stride] as number);
      }
    }
    for (; k < taps; k++) {
      const weight = weights[y * taps + k] as number;
      const row = first + k * stride;
      for (let i = 0; i < stride; i++) sums[i] = (sums[i] as number) + weight * (data[row + i] as number);
    }
    out.set(sums, y * stride);
  }
  return { data: new Uint8Array(out.buffer), width, height: to, channels: 4 };
}

function scaleHorizontally({ data, width, height }: RgbaRaster, to: number): RgbaRaster {
  if (to === width) return { data, width, height, channels: 4 };
  const { starts, weights, taps } = windows(width, to);
  const out = new Uint8ClampedArray(to * height * 4);
  let o = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width * 4;
    for (let x = 0; x < to; x++) {
      let p = row + (starts[x] as number) * 4;
      let r = 0;
      let g = 0;
      let b = 0;
      let a = 0;
      for (let w = x * taps; w < (x + 1) * taps; w++, p += 4) {
        const weight = weights[w] as number;
        r += weight * (data[p] as number);
        g += weight * (data[p + 1] as number);
        b += weight * (data[p + 2] as number);
        a += weight * (data[p + 3] as number);
      }
      out[o++] = r;
      out[o++] = g;
      out[o++] = b;
      out[o++] = a;
    }
  }
  return { data: new Uint8Array(out.buffer), width: to, height, channels: 4 };
}
