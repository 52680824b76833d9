import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import { holdsPixels } from './gif-codes.js';
import type { ImageHeader } from './image-header.js';

const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
const LOOP_NAMES = ['NETSCAPE2.0', 'ANIMEXTS1.0'];
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const HEADER_BYTES = 13;

/** Frame of an animation, with the offsets of its parts in the file. */
export interface GifFrame {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  /** Transparent palette index. */
  transparent: number | undefined;
  /** Disposal before the next frame is drawn: 2 clears the area, 3 restores the previous contents. */
  disposal: number;
  /** Display time in hundredths of a second. */
  delay: number;
  palette: { start: number; entries: number };
  /** Offset of the minimum code size; the compressed indices follow in blocks. */
  dataStart: number;
}

/** Reads the blocks and counts the frames. */
export function gifHeader(bytes: Uint8Array): ImageHeader {
  let frames = 0;
  let first: GifFrame | undefined;
  for (const frame of gifFrames(bytes)) {
    first ??= frame;
    frames++;
  }
  if (!first) throw malformed('has no image');
  const { width, height } = screenSize(bytes, first);
  const pixels = width * height;
  return { format: 'GIF', width, height, orientation: 1, frames, pixels, space: 'RGB', bits: 8 };
}

/** Returns the size of the screen. A first frame that is larger enlarges it, as in browsers and libvips. */
export function screenSize(bytes: Uint8Array, first: GifFrame): { width: number; height: number } {
  const reader = new ByteReader(bytes, true);
  return {
    width: Math.max(reader.u16(6), first.left + first.width),
    height: Math.max(reader.u16(8), first.top + first.height),
  };
}

/**
 * Yields each frame in turn; each must end before the file does. Zeros between blocks and empty frames are skipped;
 * after the first frame, other invalid bytes end the animation, as in browsers.
 */
export function* gifFrames(bytes: Uint8Array): Generator<GifFrame> {
  const reader = new ByteReader(bytes, true);
  const global = colourTable(reader.u8(10), HEADER_BYTES);
  let control: FrameControl = NO_CONTROL;
  let hasFrame = false;
  let at = global.end;
  while (at < reader.length && reader.u8(at) !== TRAILER) {
    const block = reader.u8(at);
    if (block === EXTENSION) {
      if (reader.u8(at + 1) === GRAPHIC_CONTROL) control = readControl(reader, at + 2);
      at = skipSubBlocks(reader, at + 2);
    } else if (block === IMAGE) {
      const flags = reader.u8(at + 9);
      const local = colourTable(flags, at + 10);
      const area = frameArea(reader, at + 1, local.end);
      at = skipSubBlocks(reader, local.end + 1);
      const palette = local.entries > 0 ? local : global;
      const interlaced = (flags & 0x40) !== 0;
      if (area) yield { ...area, interlaced, palette, ...control, dataStart: local.end };
      hasFrame ||= area !== undefined;
      control = NO_CONTROL;
    } else if (block === 0) {
      at++;
    } else if (hasFrame) {
      return;
    } else {
      throw malformed('has a block of an unknown kind');
    }
  }
}

/** Returns the number of plays of an animation: 0 is endless; default: 1. */
export function gifLoop(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes, true);
  let at = colourTable(reader.u8(10), HEADER_BYTES).end;
  while (at < reader.length && (reader.u8(at) === EXTENSION || reader.u8(at) === 0)) {
    if (reader.u8(at) === EXTENSION) {
      const isLoop = reader.u8(at + 1) === APPLICATION && LOOP_NAMES.includes(reader.ascii(at + 3, 11));
      // Number of repetitions after the first play; 0 means endless.
      if (isLoop) return reader.u16(at + 16) === 0 ? 0 : reader.u16(at + 16) + 1;
      at = skipSubBlocks(reader, at + 2);
    } else at++;
  }
  return 1;
}

type FrameArea = Pick<GifFrame, 'left' | 'top' | 'width' | 'height'>;
type FrameControl = Pick<GifFrame, 'transparent' | 'disposal' | 'delay'>;

const NO_CONTROL: FrameControl = { transparent: undefined, disposal: 0, delay: 0 };

/** Returns the area of a frame. A side of 0 means the screen's; undefined if the frame has too few pixels for that. */
function frameArea(reader: ByteReader, at: number, dataStart: number): FrameArea | undefined {
  const [width, height] = [reader.u16(at + 4), reader.u16(at + 6)];
  const area = { width: width || reader.u16(6), height: height || reader.u16(8) };
  const isEmpty =
    !(width && height) && !holdsPixels(reader, dataStart, Math.max(1, area.width * area.height));
  return isEmpty ? undefined : { left: reader.u16(at), top: reader.u16(at + 2), ...area };
}

function colourTable(flags: number, start: number): { start: number; entries: number; end: number } {
  const entries = flags & 0x80 ? 2 ** ((flags & 7) + 1) : 0;
  return { start, entries, end: start + 3 * entries };
}

function readControl(reader: ByteReader, at: number): FrameControl {
  const flags = reader.u8(at + 1);
  return {
    ...{ disposal: (flags >> 2) & 7, delay: reader.u16(at + 2) },
    transparent: flags & 1 ? reader.u8(at + 4) : undefined,
  };
}

/** Returns the offset after a list of length-prefixed blocks that ends with an empty block. */
function skipSubBlocks(reader: ByteReader, at: number): number {
  let next = at;
  for (let length = reader.u8(next); length > 0; length = reader.u8(next)) next += 1 + length;
  return next + 1;
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The GIF file ${what}`);
}
