import { crc32 } from 'node:zlib';
import type { RandomBelow } from '../../src/benchmark/statistics/random.js';
import { type FileParts, inARow, slices } from './file-parts.js';
import { ISO_BOXES, nestedParts, RIFF_CHUNKS } from './nested-parts.js';

/** Splits an undamaged image into parts; if parts are nested, chooses the level at random. */
export function partsOf(bytes: Uint8Array, below: RandomBelow): FileParts {
  const file = Buffer.from(bytes);
  const start = file.toString('latin1', 0, 4);
  if (start === '\x89PNG') return pngChunks(file);
  if (start === 'GIF8') return inARow(slices(file, 0, (at) => gifBlockEnd(file, at)));
  if (start === 'RIFF') return nestedParts(file, RIFF_CHUNKS, below);
  if (file.toString('latin1', 4, 8) === 'ftyp') return nestedParts(file, ISO_BOXES, below);
  if (start === 'II*\0' || start === 'MM\0*') return tiffTags(file);
  if (start.startsWith('\xff\xd8')) return inARow(slices(file, 0, (at) => jpegSegmentEnd(file, at)));
  if (start.startsWith('BM')) return inARow(slices(file, 0, (at) => bmpPartEnd(file, at)));
  throw new Error(`No image starts with ${JSON.stringify(start)}`);
}

function pngChunks(file: Buffer): FileParts {
  const signature = file.subarray(0, 8);
  return {
    parts: slices(file, 8, (at) => at + 12 + file.readUInt32BE(at)),
    build: (parts) => Buffer.concat([signature, ...parts.map(withChecksum)]),
  };
}

/** A PNG chunk with a correct checksum, so that decoders read its content. */
function withChecksum(chunk: Uint8Array): Uint8Array {
  if (chunk.length < 12) return chunk;
  const mended = Buffer.from(chunk);
  mended.writeUInt32BE(crc32(mended.subarray(4, -4)), mended.length - 4);
  return mended;
}

/** A marker with its data; a start of scan includes the entropy-coded data up to the next marker. */
function jpegSegmentEnd(file: Buffer, at: number): number {
  const marker = file.readUInt8(at + 1);
  if (marker === 0xd8 || marker === 0xd9) return at + 2;
  let end = at + 2 + file.readUInt16BE(at + 2);
  if (marker !== 0xda) return end;
  // Zeros are stuffed behind 0xff in the data; 0xd0 to 0xd7 are restarts in it.
  const isData = (next: number) => next === 0 || (next >= 0xd0 && next <= 0xd7);
  while (file.readUInt8(end) !== 0xff || isData(file.readUInt8(end + 1))) end++;
  return end;
}

/** The header with the palette, an extension, a frame, or the trailer. */
function gifBlockEnd(file: Buffer, at: number): number {
  const paletteBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  if (at === 0) return 13 + paletteBytes(file.readUInt8(10));
  const kind = file.readUInt8(at);
  if (kind === 0x3b) return file.length;
  let end = kind === 0x2c ? at + 11 + paletteBytes(file.readUInt8(at + 9)) : at + 2;
  while (file.readUInt8(end) !== 0) end += 1 + file.readUInt8(end);
  return end + 1;
}

/** The file header, the image header, the palette, the pixels. */
function bmpPartEnd(file: Buffer, at: number): number {
  const ends = [14, 14 + file.readUInt32LE(14), file.readUInt32LE(10)];
  return ends.find((end) => end > at) ?? file.length;
}

const TAG_BYTES = 12;

/** The tags of the first page; they are written behind everything else, where there is room for any number. */
function tiffTags(file: Buffer): FileParts {
  const little = file[0] === 0x49;
  const directory = little ? file.readUInt32LE(4) : file.readUInt32BE(4);
  const count = little ? file.readUInt16LE(directory) : file.readUInt16BE(directory);
  const next = directory + 2 + count * TAG_BYTES;
  const tags = file.subarray(directory + 2, next);
  return {
    parts: Array.from({ length: count }, (_, i) => tags.subarray(i * TAG_BYTES, (i + 1) * TAG_BYTES)),
    build: (parts) => {
      const head = Buffer.from(file);
      const size = Buffer.alloc(2);
      if (little) {
        head.writeUInt32LE(file.length, 4);
        size.writeUInt16LE(parts.length);
      } else {
        head.writeUInt32BE(file.length, 4);
        size.writeUInt16BE(parts.length);
      }
      return Buffer.concat([head, size, ...parts, file.subarray(next, next + 4)]);
    },
  };
}
