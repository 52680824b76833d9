import { rotatedSize, type Size } from '../../geometry.js';
import { asSamples, premultiply, samplesLike, straightened } from '../alpha.js';
import type { Rgba } from '../colour.js';
import { asRgba, isOpaque, type Raster, type Samples } from '../raster.js';

/**
 * Rotates an image clockwise around its centre, on a canvas that grows to hold it. Pixels are interpolated between
 * four, and the new corners get the background. Grey becomes RGB, because the background has a colour.
 */
export function rotate(raster: Raster, degrees: number, background: Rgba): Raster {
  const size = rotatedSize(raster, degrees);
  const hasAlpha = background[3] < 255 || !isOpaque(raster);
  const source = hasAlpha || raster.channels < 3 ? asRgba(raster) : raster;
  if (!hasAlpha) {
    const { data } = turn(source, degrees, size, background);
    return { ...source, ...size, data: data as Uint8Array };
  }
  const [red, green, blue, alpha] = background;
  const colour = [red * alpha, green * alpha, blue * alpha, alpha * 255] as const;
  const { data } = turn(premultiply(source), degrees, size, colour);
  return { ...source, ...size, data: straightened(data as Float32Array, 4) };
}

type Result = Uint8ClampedArray | Float32Array;

/** Position of a row of the result in the source: its first pixel and the step to the next. */
interface Row {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

function turn(source: Samples, degrees: number, { width, height }: Size, background: Rgba): Samples {
  const { channels } = source;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const out = samplesLike(source.data, width * height * channels);
  const left = 0.5 - width / 2;
  for (let y = 0; y < height; y++) {
    const top = y + 0.5 - height / 2;
    const row = {
      x: cos * left + sin * top + source.width / 2 - 0.5,
      y: cos * top - sin * left + source.height / 2 - 0.5,
      dx: cos,
      dy: -sin,
    };
    const [first, end] = insideOf(row, source, width);
    const start = y * width * channels;
    for (let x = 0; x < first; x++) interpolateAtEdge(source, row, x, background, out, start);
    interpolateInside(source, row, first, end, out, start);
    for (let x = Math.max(first, end); x < width; x++)
      interpolateAtEdge(source, row, x, background, out, start);
  }
  return { data: asSamples(out), width, height, channels };
}

/** Returns the range of a row in which all four neighbours are in the source. */
function insideOf({ x, y, dx, dy }: Row, { width, height }: Size, length: number): [number, number] {
  const [firstX, endX] = span(x, dx, width - 1, length);
  const [firstY, endY] = span(y, dy, height - 1, length);
  const first = Math.min(length, Math.max(firstX, firstY));
  return [first, Math.max(first, Math.min(endX, endY))];
}

/** Returns the range of i with 0 < at + step * i < limit, with a margin of one pixel for rounding. */
function span(at: number, step: number, limit: number, length: number): [number, number] {
  if (Math.abs(step) < 1e-9) return at > 1e-6 && at < limit - 1e-6 ? [0, length] : [length, length];
  const ends = [-at / step, (limit - at) / step];
  return [Math.max(0, Math.ceil(Math.min(...ends)) + 1), Math.min(length, Math.floor(Math.max(...ends)) - 1)];
}

function interpolateInside(
  { data, width, channels }: Samples,
  { x, y, dx, dy }: Row,
  first: number,
  end: number,
  out: Result,
  start: number,
): void {
  const stride = width * channels;
  for (let i = first, o = start + first * channels; i < end; i++) {
    const sourceX = x + dx * i;
    const sourceY = y + dy * i;
    const column = sourceX | 0;
    const row = sourceY | 0;
    const right = sourceX - column;
    const below = sourceY - row;
    const bottomRight = right * below;
    const topRight = right - bottomRight;
    const bottomLeft = below - bottomRight;
    const topLeft = 1 - right - bottomLeft;
    let p = row * stride + column * channels;
    for (let c = 0; c < channels; c++, p++, o++) {
      out[o] =
        topLeft * (data[p] as number) +
        topRight * (data[p + channels] as number) +
        bottomLeft * (data[p + stride] as number) +
        bottomRight * (data[p + stride + channels] as number);
    }
  }
}

/** One pixel at or beyond the edge of the source, where the background begins. */
function interpolateAtEdge(
  source: Samples,
  { x, y, dx, dy }: Row,
  i: number,
  background: Rgba,
  out: Result,
  start: number,
): void {
  const { width, height, channels } = source;
  const sourceX = x + dx * i;
  const sourceY = y + dy * i;
  const column = Math.floor(sourceX);
  const row = Math.floor(sourceY);
  const right = sourceX - column;
  const below = sourceY - row;
  const outside = column < -1 || row < -1 || column >= width || row >= height;
  for (let c = 0; c < channels; c++) {
    const beyond = background[c] as number;
    const o = start + i * channels + c;
    if (outside) {
      out[o] = beyond;
      continue;
    }
    const top = mix(
      sample(source, column, row, c, beyond),
      sample(source, column + 1, row, c, beyond),
      right,
    );
    const bottom = mix(
      sample(source, column, row + 1, c, beyond),
      sample(source, column + 1, row + 1, c, beyond),
      right,
    );
    out[o] = mix(top, bottom, below);
  }
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function sample({ data, width, height, channels }: Samples, x: number, y: number, c: number, beyond: number) {
  const isInside = x >= 0 && y >= 0 && x < width && y < height;
  return isInside ? (data[(y * width + x) * channels + c] as number) : beyond;
}
