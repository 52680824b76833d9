import type { RgbaRaster } from '../../imaging/pixels/raster.js';

/** Coarsest detail of an image, in pixels; each octave halves it, down to single pixels. */
const COARSEST = 512;
const OCTAVES = 9;
/** Amplitude of an octave relative to the previous, coarser one. */
const DECAY = 0.75;
const SHAPES = 24;

/**
 * Pixels with the statistics of a photograph: detail at every scale that weakens as it gets finer (a 1/f
 * spectrum), slow colour, hard edges of shapes in front, a light falling from the top, and grain. The same
 * seed and size give the same pixels on every machine: integer hashes and exactly rounded arithmetic alone.
 *
 * @param seed any integer; width and height in pixels
 */
export function photoLikeRaster(seed: number, width = 1920, height = 1080): RgbaRaster {
  const luma = octaves(seed, width, height, COARSEST, OCTAVES);
  const warmth = octaves(seed + 101, width, height, COARSEST, 3);
  const tint = octaves(seed + 202, width, height, COARSEST, 3);
  const shapes = Array.from({ length: SHAPES }, (_, i) => shape(seed + 303, i, width, height));
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    const light = 70 - (90 * y) / height;
    const nearby = shapes.filter(({ cy, ry }) => Math.abs(y - cy) < ry);
    for (let x = 0; x < width; x++, i++) {
      let value = 118 + light + 190 * (luma[i] as number);
      let warm = 70 * (warmth[i] as number);
      let green = 40 * (tint[i] as number);
      for (const { cx, cy, rx, ry, level, colour } of nearby) {
        const dx = (x - cx) / rx;
        const dy = (y - cy) / ry;
        const inside = 1 - dx * dx - dy * dy;
        if (inside <= 0) continue;
        value = value * 0.45 + level + 40 * inside;
        warm += colour;
        green -= colour / 2;
      }
      value += (hash(seed, x, y) - 0.5) * 8;
      data[i * 4] = value + warm;
      data[i * 4 + 1] = value + green;
      data[i * 4 + 2] = value - warm - green;
      data[i * 4 + 3] = 255;
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels: 4 };
}

interface Shape {
  cx: number;
  cy: number;
  rx: number;
  ry: number;
  level: number;
  colour: number;
}

function shape(seed: number, index: number, width: number, height: number): Shape {
  const random = (n: number) => hash(seed, index, n);
  const size = 0.02 + 0.16 * random(0) * random(1);
  return {
    cx: width * random(2),
    cy: height * (0.2 + 0.8 * random(3)),
    rx: width * size,
    ry: width * size * (0.5 + random(4)),
    level: 110 * random(5),
    colour: 50 * (random(6) - 0.5),
  };
}

/** Hashes three integers to [0, 1): lowbias32 by Chris Wellons. */
function hash(seed: number, x: number, y: number): number {
  let h = Math.imul(seed, 0x9e3779b1) ^ Math.imul(x, 0x85ebca6b) ^ Math.imul(y, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Value noise in octaves around 0: each half as coarse as the one before and DECAY of its strength. */
function octaves(seed: number, width: number, height: number, coarsest: number, count: number): Float32Array {
  const sum = new Float32Array(width * height);
  let strength = 0.4;
  for (let octave = 0, cell = coarsest; octave < count && cell >= 1; octave++, cell /= 2, strength *= DECAY) {
    addNoise(sum, seed + octave, width, height, cell, strength);
  }
  return sum;
}

/** Adds random values on a grid of `cell` pixels, smoothly interpolated between. */
function addNoise(
  sum: Float32Array,
  seed: number,
  width: number,
  height: number,
  cell: number,
  strength: number,
): void {
  const columns = Math.ceil(width / cell) + 1;
  const above = new Float32Array(columns);
  const below = new Float32Array(columns);
  const across = Float64Array.from({ length: cell }, (_, x) => smooth(x / cell));
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / cell);
    if (y % cell === 0) {
      if (y > 0) above.set(below);
      for (let c = 0; c < columns; c++) {
        if (y === 0) above[c] = hash(seed, c, row) - 0.5;
        below[c] = hash(seed, c, row + 1) - 0.5;
      }
    }
    const v = smooth((y % cell) / cell);
    for (let c = 0, left = 0; left < width; c++, left += cell) {
      const topLeft = above[c] as number;
      const bottomLeft = below[c] as number;
      const topSlope = (above[c + 1] as number) - topLeft;
      const bottomSlope = (below[c + 1] as number) - bottomLeft;
      const end = Math.min(cell, width - left);
      for (let x = 0; x < end; x++, i++) {
        const h = across[x] as number;
        const top = topLeft + h * topSlope;
        const bottom = bottomLeft + h * bottomSlope;
        sum[i] = (sum[i] as number) + strength * (top + v * (bottom - top));
      }
    }
  }
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
