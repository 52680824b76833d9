import type { RgbaRaster } from './raster.js';

/** A picture in at most 256 colours: an index a pixel into a palette of #RRGGBB numbers. */
export interface IndexedPicture {
  indices: Uint8Array;
  palette: number[];
  /** The index of the transparent colour, where there is one. */
  transparent?: number;
}

const MAX_COLOURS = 256;
/** Colours are counted with five bits a channel. */
const BITS = 5;
const SHIFT = 8 - BITS;
/** Pixels less opaque than this become transparent: the palette knows no half transparency. */
const OPAQUE_FROM = 128;

/** A set of neighbouring colours, and the pixels that have them. */
interface Box {
  bins: number[];
  pixels: number;
}

/**
 * Reduces a picture to a palette by Heckbert's median cut (1982): the box of colours with the most pixels is cut
 * at its median, along its longest side, until there are enough boxes; each becomes its mean colour.
 */
export function quantize({ data, width, height }: RgbaRaster): IndexedPicture {
  const pixels = width * height;
  const bins = new Uint16Array(pixels);
  const counts = new Uint32Array(1 << (3 * BITS));
  const sums = new Float64Array(counts.length * 3);
  let hasTransparency = false;
  for (let i = 0, p = 0; i < pixels; i++, p += 4) {
    if ((data[p + 3] as number) < OPAQUE_FROM) {
      hasTransparency = true;
      continue;
    }
    const bin = binOf(data, p);
    bins[i] = bin;
    counts[bin] = (counts[bin] as number) + 1;
    for (let c = 0; c < 3; c++) sums[bin * 3 + c] = (sums[bin * 3 + c] as number) + (data[p + c] as number);
  }
  const boxes = cut(counts, hasTransparency ? MAX_COLOURS - 1 : MAX_COLOURS);
  const palette = boxes.map((box) => meanColour(box, sums));
  const indexOfBin = new Uint8Array(counts.length);
  for (const [index, box] of boxes.entries()) for (const bin of box.bins) indexOfBin[bin] = index;
  const indices = new Uint8Array(pixels);
  const transparent = palette.length;
  for (let i = 0, p = 3; i < pixels; i++, p += 4) {
    const isTransparent = (data[p] as number) < OPAQUE_FROM;
    indices[i] = isTransparent ? transparent : (indexOfBin[bins[i] as number] as number);
  }
  return hasTransparency ? { indices, palette: [...palette, 0], transparent } : { indices, palette };
}

function binOf(data: Uint8Array, p: number): number {
  const red = (data[p] as number) >> SHIFT;
  const green = (data[p + 1] as number) >> SHIFT;
  const blue = (data[p + 2] as number) >> SHIFT;
  return (red << (2 * BITS)) | (green << BITS) | blue;
}

function cut(counts: Uint32Array, atMost: number): Box[] {
  const used = [...counts.keys()].filter((bin) => counts[bin] !== 0);
  const boxes = used.length > 0 ? [boxOf(used, counts)] : [];
  while (boxes.length < atMost) {
    const divisible = boxes.filter((box) => box.bins.length > 1);
    if (divisible.length === 0) break;
    const fullest = divisible.reduce((a, b) => (b.pixels > a.pixels ? b : a));
    boxes.splice(boxes.indexOf(fullest), 1, ...halves(fullest, counts));
  }
  return boxes;
}

function boxOf(bins: number[], counts: Uint32Array): Box {
  return { bins, pixels: bins.reduce((sum, bin) => sum + (counts[bin] as number), 0) };
}

function halves({ bins, pixels }: Box, counts: Uint32Array): [Box, Box] {
  const extents = [0, 1, 2].map((c) => {
    const levels = bins.map((bin) => level(bin, c));
    return Math.max(...levels) - Math.min(...levels);
  });
  const longest = extents.indexOf(Math.max(...extents));
  const sorted = bins.toSorted((a, b) => level(a, longest) - level(b, longest) || a - b);
  let below = 0;
  let middle = 0;
  while (middle < sorted.length - 1 && below < pixels / 2)
    below += counts[sorted[middle++] as number] as number;
  return [boxOf(sorted.slice(0, middle), counts), boxOf(sorted.slice(middle), counts)];
}

/** Red, green or blue (0, 1, 2) of a bin. */
function level(bin: number, channel: number): number {
  return (bin >> ((2 - channel) * BITS)) & ((1 << BITS) - 1);
}

function meanColour({ bins, pixels }: Box, sums: Float64Array): number {
  const mean = (c: number) =>
    Math.round(bins.reduce((sum, bin) => sum + (sums[bin * 3 + c] as number), 0) / pixels);
  return (mean(0) << 16) | (mean(1) << 8) | mean(2);
}
