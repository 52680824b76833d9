import { deflateSync } from 'node:zlib';
import { chunk, headerChunk, pngOf, pngWith } from './png-chunks.js';

const MEGABYTE = 1024 * 1024;

/** Compressed zeros: a thousandth of their size. */
export function bomb(megabytes: number): Buffer {
  return deflateSync(Buffer.alloc(megabytes * MEGABYTE), { level: 9 });
}

/** An interlaced PNG of 8x8 pixels whose pixel data decompresses to many megabytes. */
export function interlacedBomb(megabytes: number): Buffer {
  return pngOf(
    headerChunk({ width: 8, height: 8, interlaced: true }),
    chunk('IDAT', bomb(megabytes)),
    chunk('IEND'),
  );
}

export type PackedChunk = 'zTXt' | 'iCCP' | 'iTXt';

/** A chunk of a PNG with compressed data after its keyword. */
function packedChunk(name: PackedChunk, packed: Uint8Array): Buffer {
  const head = name === 'iTXt' ? 'bomb\0\x01\0en\0bomb\0' : 'bomb\0\0';
  return chunk(name, Buffer.concat([Buffer.from(head, 'latin1'), packed]));
}

/** A PNG of 8x8 pixels that repeats a chunk of compressed data. */
export function packedChunks(name: PackedChunk, packed: Uint8Array, times: number): Buffer {
  const extra = new Array<Buffer>(times).fill(packedChunk(name, packed));
  return pngWith({ width: 8, height: 8 }, 8 * (1 + 8 * 3), ...extra);
}

/** A PNG of 8x8 pixels with a chunk that decompresses to many megabytes. */
export function chunkBomb(name: PackedChunk, megabytes: number): Buffer {
  return packedChunks(name, bomb(megabytes), 1);
}

/** Files that consist of a header with any size, without pixels. */
export const headersOf = {
  PNG: (width: number, height: number) => pngWith({ width, height }, 100),

  JPEG: (width: number, height: number) => {
    const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
    frame.writeUInt16BE(height, 5);
    frame.writeUInt16BE(width, 7);
    return Buffer.concat([Buffer.from([0xff, 0xd8]), frame, Buffer.from([0xff, 0xda, 0, 0, 0xff, 0xd9])]);
  },

  GIF: (width: number, height: number, frames = 1) => {
    const screen = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
    screen.writeUInt16LE(width, 6);
    screen.writeUInt16LE(height, 8);
    const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 1, 0, 0]);
    return Buffer.concat([screen, ...new Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
  },

  BMP: (width: number, height: number) => {
    const header = Buffer.alloc(58);
    header.write('BM', 'latin1');
    header.writeUInt32LE(54, 10);
    header.writeUInt32LE(40, 14);
    header.writeInt32LE(width, 18);
    header.writeInt32LE(height, 22);
    header.writeUInt16LE(1, 26);
    header.writeUInt16LE(8, 28);
    // Run-length encoding, so that a few bytes can declare any size.
    header.writeUInt32LE(1, 30);
    return header;
  },

  TIFF: (width: number, height: number, { pages = 1, tile = 0, endless = false } = {}) => {
    const tags = [
      [256, width],
      [257, height],
      ...(tile
        ? [
            [322, tile],
            [323, tile],
          ]
        : []),
    ] as [number, number][];
    const pageBytes = 2 + tags.length * 12 + 4;
    const file = Buffer.alloc(8 + pages * pageBytes);
    file.write('II*\0', 'latin1');
    file.writeUInt32LE(8, 4);
    for (let page = 0; page < pages; page++) {
      const at = 8 + page * pageBytes;
      file.writeUInt16LE(tags.length, at);
      for (const [i, [tag, value]] of tags.entries()) {
        file.writeUInt16LE(tag, at + 2 + i * 12);
        file.writeUInt16LE(4, at + 4 + i * 12);
        file.writeUInt32LE(1, at + 6 + i * 12);
        file.writeUInt32LE(value, at + 10 + i * 12);
      }
      const next = page < pages - 1 ? at + pageBytes : endless ? 8 : 0;
      file.writeUInt32LE(next, at + pageBytes - 4);
    }
    return file;
  },
};
