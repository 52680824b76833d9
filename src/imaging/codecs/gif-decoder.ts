import { ByteReader } from '../headers/byte-reader.js';
import { type GifFrame, gifFrames } from '../headers/gif-header.js';
import type { RgbaRaster } from '../pixels/raster.js';

const MAX_CODES = 4096;
/** First row and step of the four passes of an interlaced image. */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Decodes the first frame, on the whole screen. (omggif, which jimp reads with, never ends on some files.) */
export function decodeGif(bytes: Uint8Array): RgbaRaster {
  const reader = new ByteReader(bytes, true);
  const [frame] = gifFrames(bytes);
  if (!frame) throw new RangeError('No image');
  const [width, height] = [reader.u16(6), reader.u16(8)];
  const data = new Uint8Array(width * height * 4);
  const indices = unpack(reader, frame);
  const rows = rowOrder(frame);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (index === frame.transparent || index >= frame.palette.entries) continue;
    const x = frame.left + (i % frame.width);
    const y = frame.top + (rows[Math.floor(i / frame.width)] as number);
    const colour = frame.palette.start + index * 3;
    const o = (y * width + x) * 4;
    data[o] = reader.u8(colour);
    data[o + 1] = reader.u8(colour + 1);
    data[o + 2] = reader.u8(colour + 2);
    data[o + 3] = 255;
  }
  return { data, width, height, channels: 4 };
}

/** Which row of the image each row of the data is. */
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
  // A code stands for the run of an earlier code and one more index.
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

/** The first index of the run that a code stands for; each link leads to an earlier code, so it ends. */
function firstOf(code: number, prefix: Uint16Array, suffix: Uint8Array, clear: number): number {
  let link = code;
  while (link >= clear) link = prefix[link] as number;
  return suffix[link] as number;
}

/** Gives codes of any number of bits, the lowest first, out of blocks that have their length before them. */
function codeReader(reader: ByteReader, start: number): (bits: number) => number {
  let at = start;
  let left = 0;
  let buffer = 0;
  let filled = 0;
  return (bits) => {
    while (filled < bits) {
      if (left === 0) {
        left = reader.u8(at++);
        if (left === 0) throw new RangeError('Too few codes');
      }
      buffer |= reader.u8(at++) << filled;
      filled += 8;
      left--;
    }
    const code = buffer & ((1 << bits) - 1);
    buffer >>>= bits;
    filled -= bits;
    return code;
  };
}
