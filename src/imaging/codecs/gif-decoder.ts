import { ByteReader } from '../headers/byte-reader.js';
import { codeReader, MAX_CODES } from '../headers/gif-codes.js';
import { type GifFrame, gifFrames, screenSize } from '../headers/gif-header.js';
import type { RgbaRaster } from '../pixels/raster.js';

/** First row and step of the four passes of an interlaced frame. */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/**
 * Decodes the first frame on the whole logical screen; uncovered pixels are transparent. (Not by omggif, jimp's
 * decoder, which loops forever on some files; nor by libvips, which draws black there and uses a wrong size for some
 * files.)
 */
export function decodeGif(bytes: Uint8Array): RgbaRaster {
  const [frame] = gifFrames(bytes);
  if (!frame) throw new RangeError('No image');
  const { width, height } = screenSize(bytes, frame);
  const data = new Uint8Array(width * height * 4);
  drawFrame(bytes, frame, { data, width, height, channels: 4 });
  return { data, width, height, channels: 4 };
}

/** Draws the visible pixels of a frame, clipped to the screen. */
export function drawFrame(bytes: Uint8Array, frame: GifFrame, { data, width, height }: RgbaRaster): void {
  const reader = new ByteReader(bytes, true);
  const indices = unpack(reader, frame);
  const rows = rowOrder(frame);
  const columns = Math.min(frame.width, width - frame.left);
  const { start, entries } = frame.palette;
  const palette = reader.slice(start, entries * 3);
  for (let row = 0; row < frame.height; row++) {
    const y = frame.top + (rows[row] as number);
    if (y >= height) continue;
    let o = (y * width + frame.left) * 4;
    for (let i = row * frame.width; i < row * frame.width + columns; i++, o += 4) {
      const index = indices[i] as number;
      if (index === frame.transparent || index >= entries) continue;
      data[o] = palette[index * 3] as number;
      data[o + 1] = palette[index * 3 + 1] as number;
      data[o + 2] = palette[index * 3 + 2] as number;
      data[o + 3] = 255;
    }
  }
}

/** Returns the row of the frame for each row of the data. */
function rowOrder({ height, interlaced }: GifFrame): number[] {
  if (!interlaced) return Array.from({ length: height }, (_, row) => row);
  return PASSES.flatMap(([first, step]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, i) => first + i * step),
  );
}

/** LZW with codes of growing size (GIF89a, appendix F): one palette index a pixel. */
function unpack(reader: ByteReader, { width, height, dataStart }: GifFrame): Uint8Array {
  const smallest = reader.u8(dataStart);
  if (smallest < 1 || smallest > 8) throw new RangeError('Unknown code size');
  const clear = 1 << smallest;
  const end = clear + 1;
  // Each code stands for the run of an earlier code plus one index.
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES).fill(1, 0, clear);
  for (let code = 0; code < clear; code++) suffix[code] = code;

  const indices = new Uint8Array(width * height);
  const nextCode = codeReader(reader, dataStart + 1);
  let size = smallest + 1;
  let codes = end + 1;
  let previous: number | undefined;
  for (let at = 0; at < indices.length; ) {
    const code = nextCode(size);
    if (code === end) throw new RangeError('Too few pixels');
    if (code === clear) {
      size = smallest + 1;
      codes = end + 1;
      previous = undefined;
      continue;
    }
    if (code > codes || (code === codes && previous === undefined)) throw new RangeError('Unknown code');
    if (previous !== undefined && codes < MAX_CODES) {
      prefix[codes] = previous;
      length[codes] = (length[previous] as number) + 1;
      suffix[codes] = firstOf(code === codes ? previous : code, prefix, suffix, clear);
      codes++;
      if (codes === 1 << size && size < 12) size++;
    } else if (code >= codes) {
      throw new RangeError('Unknown code');
    }
    const run = length[code] as number;
    for (let i = at + run - 1, link = code; i >= at; i--, link = prefix[link] as number) {
      indices[i] = suffix[link] as number;
    }
    at += run;
    previous = code;
  }
  return indices;
}

/** Returns the first index of the run of a code. Terminates, because each link leads to an earlier code. */
function firstOf(code: number, prefix: Uint16Array, suffix: Uint8Array, clear: number): number {
  let link = code;
  while (link >= clear) link = prefix[link] as number;
  return suffix[link] as number;
}
