import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import type { ImageHeader } from './image-header.js';

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const HEADER_BYTES = 13;

/** One frame of an animation, with the positions of its parts in the file. */
export interface GifFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** The index that stands for nothing. */
  transparent: number | undefined;
  palette: { start: number; entries: number };
  /** The smallest code size; the packed indices follow in blocks. */
  dataStart: number;
}

/** Reads the size and counts the frames. */
export function gifHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes, true);
  let frames = 0;
  for (const _ of gifFrames(bytes)) frames++;
  if (frames === 0) throw malformed('has no image');
  const [width, height] = [reader.u16(6), reader.u16(8)];
  return { format: 'GIF', width, height, orientation: 1, frames, pixels: width * height * frames };
}

/** Yields each frame. It must be inside the screen that the header declares and end before the file does. */
export function* gifFrames(bytes: Uint8Array): Generator<GifFrame> {
  const reader = new ByteReader(bytes, true);
  const global = colourTable(reader.u8(10), HEADER_BYTES);
  let transparent: number | undefined;
  let at = global.end;
  while (at < reader.length && reader.u8(at) !== TRAILER) {
    const block = reader.u8(at);
    if (block === EXTENSION) {
      if (reader.u8(at + 1) === GRAPHIC_CONTROL) transparent = transparentIndex(reader, at + 2);
      at = skipSubBlocks(reader, at + 2);
    } else if (block === IMAGE) {
      const flags = reader.u8(at + 9);
      const local = colourTable(flags, at + 10);
      const [left, top, width, height] = [1, 3, 5, 7].map((offset) => reader.u16(at + offset)) as Four;
      if (left + width > reader.u16(6) || top + height > reader.u16(8)) {
        throw malformed('has a frame outside its screen');
      }
      at = skipSubBlocks(reader, local.end + 1);
      const palette = local.entries > 0 ? local : global;
      const interlaced = (flags & 0x40) !== 0;
      yield { left, top, width, height, interlaced, transparent, palette, dataStart: local.end };
      transparent = undefined;
    } else {
      throw malformed('has a block of an unknown kind');
    }
  }
}

type Four = [number, number, number, number];

function colourTable(flags: number, start: number): { start: number; entries: number; end: number } {
  const entries = flags & 0x80 ? 2 ** ((flags & 7) + 1) : 0;
  return { start, entries, end: start + 3 * entries };
}

function transparentIndex(reader: ByteReader, at: number): number | undefined {
  return reader.u8(at + 1) & 1 ? reader.u8(at + 4) : undefined;
}

/** The place behind a list of blocks, each with its length before it, that ends with one of no length. */
function skipSubBlocks(reader: ByteReader, at: number): number {
  let next = at;
  for (let length = reader.u8(next); length > 0; length = reader.u8(next)) next += 1 + length;
  return next + 1;
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The GIF file ${what}`);
}
