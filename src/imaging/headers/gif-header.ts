import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import type { ImageHeader } from './image-header.js';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/** Walks the blocks and counts the pictures; each must lie on the screen that the header declares. */
export function gifHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes, true);
  const width = reader.u16(6);
  const height = reader.u16(8);
  let frames = 0;
  let at = 13 + colourTableBytes(reader.u8(10));
  while (at < reader.length && reader.u8(at) !== TRAILER) {
    const block = reader.u8(at);
    if (block === EXTENSION) {
      at = skipSubBlocks(reader, at + 2);
    } else if (block === IMAGE) {
      if (
        reader.u16(at + 1) + reader.u16(at + 5) > width ||
        reader.u16(at + 3) + reader.u16(at + 7) > height
      ) {
        throw malformed('has a frame outside its screen');
      }
      frames++;
      at = skipSubBlocks(reader, at + 11 + colourTableBytes(reader.u8(at + 9)));
    } else {
      throw malformed('has a block of an unknown kind');
    }
  }
  if (frames === 0) throw malformed('has no picture');
  return { format: 'GIF', width, height, orientation: 1, frames, pixels: width * height * frames };
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** A last block cut short is for the decoder to judge: the frame has been counted. */
function skipSubBlocks(reader: ByteReader, at: number): number {
  let next = at;
  while (next < reader.length && reader.u8(next) !== 0) next += 1 + reader.u8(next);
  return next + 1;
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The GIF file ${what}`);
}
