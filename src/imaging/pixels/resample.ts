import { premultiplied } from './alpha.js';
import type { RgbaRaster } from './raster.js';

/** Lobes of the Lanczos kernel, as in libvips' default. */
const LOBES = 3;

/**
 * Scales to exactly `width` x `height` with a Lanczos-3 filter that is widened when shrinking, so that fine
 * detail is averaged and not aliased. Vertical pass first, as libvips does.
 */
export function resample(raster: RgbaRaster, width: number, height: number): RgbaRaster {
  return premultiplied(raster, (source) => scaleHorizontally(scaleVertically(source, height), width));
}

/** For every output position: where its window starts in the source, and `taps` weights that sum to 1. */
interface Windows {
  starts: Int32Array;
  weights: Float32Array;
  taps: number;
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const t = Math.PI * x;
  return (LOBES * Math.sin(t) * Math.sin(t / LOBES)) / (t * t);
}

function windows(from: number, to: number): Windows {
  const shrink = from / to;
  const stretch = Math.max(1, shrink);
  const taps = Math.min(from, Math.ceil(LOBES * stretch) * 2);
  const starts = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * shrink - 0.5;
    const start = Math.min(from - taps, Math.max(0, Math.floor(centre) - taps / 2 + 1));
    starts[i] = Math.ceil(start);
  }
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * shrink - 0.5;
    const start = starts[i] as number;
    let sum = 0;
    for (let k = 0; k < taps; k++) sum += lanczos((start + k - centre) / stretch);
    for (let k = 0; k < taps; k++) weights[i * taps + k] = lanczos((start + k - centre) / stretch) / sum;
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
    for (let k = 0; k < taps; k++) {
      const weight = weights[y * taps + k] as number;
      const row = ((starts[y] as number) + k) * stride;
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
