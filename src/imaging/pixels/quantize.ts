import { type Colours, histogramOf } from './colour-histogram.js';
import type { RgbaRaster } from './raster.js';

/** An image in at most 256 colours: an index for each pixel into a palette of #RRGGBB numbers. */
export interface IndexedImage {
  indices: Uint8Array;
  palette: number[];
  /** Index of the transparent colour, if there is one. */
  transparent?: number;
}

const MAX_COLOURS = 256;
/** Pixels less opaque than this become transparent: a palette has no half transparency. */
const OPAQUE_FROM = 128;

/**
 * Reduces an image to a palette: exactly if it has few enough colours, otherwise to colours with a small squared
 * error (see {@link reduce}). Each pixel gets the nearest colour, without dithering.
 */
export function quantize(raster: RgbaRaster): IndexedImage {
  return quantizeBy(raster, (...image) => exactPalette(...image) ?? reducedPalette(...image)) as IndexedImage;
}

/** Returns an image of at most 256 colours as it is, transparency among them; undefined where it has more. */
export function quantizeExactly(raster: RgbaRaster): IndexedImage | undefined {
  return quantizeBy(raster, exactPalette);
}

function quantizeBy(
  raster: RgbaRaster,
  paletteOf: (...image: Parameters<typeof exactPalette>) => Palette | undefined,
): IndexedImage | undefined {
  const { data } = raster;
  const pixels = data.length / 4;
  const isOpaque = (pixel: number) => (data[pixel * 4 + 3] as number) >= OPAQUE_FROM;
  let hasTransparency = false;
  for (let pixel = 0; pixel < pixels && !hasTransparency; pixel++) hasTransparency = !isOpaque(pixel);
  const atMost = hasTransparency ? MAX_COLOURS - 1 : MAX_COLOURS;
  const found = paletteOf(raster, isOpaque, atMost);
  if (!found) return undefined;
  const { palette, indexOf } = found;
  const transparent = palette.length;
  const indices = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    indices[pixel] = isOpaque(pixel) ? indexOf(colourAt(data, pixel)) : transparent;
  }
  return hasTransparency ? { indices, palette: [...palette, 0], transparent } : { indices, palette };
}

interface Palette {
  palette: number[];
  /** The index for a #RRGGBB number of the image. */
  indexOf(colour: number): number;
}

function colourAt(data: Uint8Array, pixel: number): number {
  const p = pixel * 4;
  return ((data[p] as number) << 16) | ((data[p + 1] as number) << 8) | (data[p + 2] as number);
}

/** Undefined if the image has more colours. */
function exactPalette(
  { data }: RgbaRaster,
  isOpaque: (pixel: number) => boolean,
  atMost: number,
): Palette | undefined {
  const indices = new Map<number, number>();
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    if (!isOpaque(pixel)) continue;
    const colour = colourAt(data, pixel);
    if (indices.has(colour)) continue;
    if (indices.size === atMost) return undefined;
    indices.set(colour, indices.size);
  }
  return { palette: [...indices.keys()], indexOf: (colour) => indices.get(colour) as number };
}

function reducedPalette({ data }: RgbaRaster, isOpaque: (pixel: number) => boolean, atMost: number): Palette {
  const histogram = histogramOf(data, isOpaque);
  const palette = reduce(histogram.colours, atMost);
  const indexOfBin = new Map<number, number>();
  for (const [i, bin] of histogram.bins.entries()) {
    const at = (channel: number) => histogram.colours.means[i * 3 + channel] as number;
    indexOfBin.set(bin, nearest(palette, at(0), at(1), at(2)));
  }
  return { palette, indexOf: (colour) => indexOfBin.get(histogram.binOf(colour)) as number };
}

/** Set of similar colours, and the squared error of replacing them by their mean. */
interface Box {
  colours: Uint32Array;
  error: number;
}

/**
 * The box of colours with the largest squared error is cut in two where that reduces it most, until there are enough
 * boxes; each becomes its mean colour. This is the criterion of X. Wu (Color quantization by dynamic programming and
 * principal analysis, 1992), along the axis of the largest variance. So a few pixels of a distinct colour keep it.
 */
function reduce(colours: Colours, atMost: number): number[] {
  const all = Uint32Array.from(colours.counts.keys());
  const boxes: Box[] = [{ colours: all, error: errorOf(colours, all) }];
  while (boxes.length < atMost) {
    const worst = boxes.reduce((a, b) => (b.error > a.error ? b : a));
    if (worst.error <= 0) break;
    boxes.splice(boxes.indexOf(worst), 1, ...halves(colours, worst));
  }
  return boxes.map((box) => {
    const [red, green, blue] = meanOf(colours, box.colours).map(Math.round) as [number, number, number];
    return (red << 16) | (green << 8) | blue;
  });
}

function halves(colours: Colours, box: Box): [Box, Box] {
  const axis = widestAxis(colours, box.colours);
  const level = (i: number) => colours.means[i * 3 + axis] as number;
  const sorted = box.colours.toSorted((a, b) => level(a) - level(b) || a - b);
  const count = (i: number) => colours.counts[i] as number;
  let [pixels, sum] = [0, 0];
  for (const i of sorted) {
    pixels += count(i);
    sum += count(i) * level(i);
  }
  // The cut that makes the squared sums over the counts largest makes the error smallest.
  let [best, at, below, belowSum] = [-1, 1, 0, 0];
  for (let k = 1; k < sorted.length; k++) {
    const i = sorted[k - 1] as number;
    below += count(i);
    belowSum += count(i) * level(i);
    const gain = belowSum ** 2 / below + (sum - belowSum) ** 2 / (pixels - below);
    if (gain > best) [best, at] = [gain, k];
  }
  const part = (start: number, end: number): Box => {
    const some = sorted.slice(start, end);
    return { colours: some, error: errorOf(colours, some) };
  };
  return [part(0, at), part(at, sorted.length)];
}

function meanOf({ counts, means }: Colours, indices: Uint32Array): number[] {
  const sums = [0, 0, 0];
  let pixels = 0;
  for (const i of indices) {
    const count = counts[i] as number;
    pixels += count;
    for (let c = 0; c < 3; c++) sums[c] = (sums[c] as number) + count * (means[i * 3 + c] as number);
  }
  return sums.map((sum) => sum / pixels);
}

/** The sum of squared distances from the mean, for each channel. */
function errorsOf(colours: Colours, indices: Uint32Array): number[] {
  const mean = meanOf(colours, indices);
  const errors = [0, 0, 0];
  for (const i of indices) {
    const count = colours.counts[i] as number;
    for (let c = 0; c < 3; c++) {
      const distance = (colours.means[i * 3 + c] as number) - (mean[c] as number);
      errors[c] = (errors[c] as number) + count * distance * distance;
    }
  }
  return errors;
}

/** Zero for one colour, regardless of rounding. */
function errorOf(colours: Colours, indices: Uint32Array): number {
  return indices.length < 2 ? 0 : errorsOf(colours, indices).reduce((a, b) => a + b);
}

function widestAxis(colours: Colours, indices: Uint32Array): number {
  const errors = errorsOf(colours, indices);
  return errors.indexOf(Math.max(...errors));
}

function nearest(palette: readonly number[], red: number, green: number, blue: number): number {
  let [best, index] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < palette.length; i++) {
    const colour = palette[i] as number;
    const r = (colour >> 16) - red;
    const g = ((colour >> 8) & 255) - green;
    const b = (colour & 255) - blue;
    const distance = r * r + g * g + b * b;
    if (distance < best) [best, index] = [distance, i];
  }
  return index;
}
