import { asSamples, premultiplied, samplesLike } from '../alpha.js';
import type { Raster, Samples } from '../raster.js';
import { lanczosWindows, meansLength, meanWindows, type Windows } from './filter-windows.js';

/**
 * Scales to exactly `width` x `height` with a Lanczos-3 filter that is widened when shrinking, so that fine detail is
 * averaged and not aliased; the centre of the image stays its centre. The direction with the smaller intermediate
 * image comes first, so that it is never larger than the larger of source and result.
 */
export function resample<Source extends Raster>(raster: Source, width: number, height: number): Source {
  if (width === raster.width && height === raster.height) return raster;
  return premultiplied(raster, (source) =>
    source.width * height <= width * source.height
      ? toWidth(toHeight(source, height), width)
      : toHeight(toWidth(source, width), height),
  );
}

function toHeight(source: Samples, height: number): Samples {
  const between = meansLength(source.height, height);
  const means =
    between === source.height ? source : filterVertically(source, meanWindows(source.height, between));
  return means.height === height ? means : filterVertically(means, lanczosWindows(means.height, height));
}

function toWidth(source: Samples, width: number): Samples {
  const between = meansLength(source.width, width);
  const means =
    between === source.width ? source : filterHorizontally(source, meanWindows(source.width, between));
  return means.width === width ? means : filterHorizontally(means, lanczosWindows(means.width, width));
}

type Four = readonly [number, number, number, number];

function filterVertically({ data, width, channels }: Samples, { starts, weights, taps }: Windows): Samples {
  const height = starts.length;
  const stride = width * channels;
  const out = samplesLike(data, stride * height);
  const sums = new Float32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const first = (starts[y] as number) * stride;
    let k = 0;
    // Four rows at a time, which quarters the reads and writes of the sums.
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
  return { data: asSamples(out), width, height, channels };
}

function filterHorizontally({ data, width, height, channels }: Samples, windows: Windows): Samples {
  const to = windows.starts.length;
  const out = samplesLike(data, to * height * channels);
  for (let y = 0; y < height; y++) {
    const from = y * width * channels;
    const start = y * to * channels;
    if (channels >= 3) filterColours(data, from, out, start, channels, windows);
    else for (let c = 0; c < channels; c++) filterChannel(data, from + c, out, start + c, channels, windows);
  }
  return { data: asSamples(out), width: to, height, channels };
}

type Result = Uint8ClampedArray | Float32Array;

/** Filters a row of RGB or RGBA: one weight is read for all channels. */
function filterColours(
  data: Samples['data'],
  row: number,
  out: Result,
  start: number,
  channels: number,
  { starts, weights, taps }: Windows,
): void {
  const hasAlpha = channels === 4;
  for (let x = 0, o = start; x < starts.length; x++, o += channels) {
    let p = row + (starts[x] as number) * channels;
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    for (let w = x * taps; w < (x + 1) * taps; w++, p += channels) {
      const weight = weights[w] as number;
      r += weight * (data[p] as number);
      g += weight * (data[p + 1] as number);
      b += weight * (data[p + 2] as number);
      if (hasAlpha) a += weight * (data[p + 3] as number);
    }
    out[o] = r;
    out[o + 1] = g;
    out[o + 2] = b;
    if (hasAlpha) out[o + 3] = a;
  }
}

/** Filters one channel of a row of grey, with or without alpha. */
function filterChannel(
  data: Samples['data'],
  row: number,
  out: Result,
  start: number,
  channels: number,
  { starts, weights, taps }: Windows,
): void {
  for (let x = 0, o = start; x < starts.length; x++, o += channels) {
    let p = row + (starts[x] as number) * channels;
    let sum = 0;
    for (let w = x * taps; w < (x + 1) * taps; w++, p += channels)
      sum += (weights[w] as number) * (data[p] as number);
    out[o] = sum;
  }
}
