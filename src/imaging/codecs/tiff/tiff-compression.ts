import { zstdDecompressSync } from 'node:zlib';
import { boundedInflate } from '../../headers/bounded-inflate.js';
import { decodeFax } from './fax-decoder.js';
import { decodeLzw } from './lzw-decoder.js';

/** Separately compressed part of an image: a strip or a tile. */
export interface PackedPart {
  packed: Uint8Array;
  /** Decompressed size in bytes. */
  size: number;
  /** Width and height in pixels, for fax compression. */
  width: number;
  height: number;
  /** Options of fax compression, Group 3. */
  t4Options: number;
}

/** Decompresses a part to exactly `size` bytes, or throws. */
type Unpack = (part: PackedPart) => Uint8Array;

/** Rows of Group 3 may refer to the previous row. */
const TWO_DIMENSIONAL = 1;

/** By compression number (TIFF 6.0 and its supplements); deflate has two. */
export const TIFF_COMPRESSIONS: Readonly<Record<number, Unpack>> = {
  1: ({ packed, size }) => whole(packed.subarray(0, size), size),
  2: ({ packed, width, height }) => decodeFax(packed, width, height, 'RLE', false),
  3: ({ packed, width, height, t4Options }) =>
    decodeFax(packed, width, height, 'GROUP_3', (t4Options & TWO_DIMENSIONAL) !== 0),
  4: ({ packed, width, height }) => decodeFax(packed, width, height, 'GROUP_4', false),
  5: ({ packed, size }) => whole(decodeLzw(packed, size), size),
  8: inflate,
  32773: unpackBits,
  32946: inflate,
  50000: ({ packed, size }) => whole(zstdDecompressSync(packed, { maxOutputLength: size }), size),
};

/** Compressions of one bit a pixel. */
export const FAX_COMPRESSIONS: readonly number[] = [2, 3, 4];

function inflate({ packed, size }: PackedPart): Uint8Array {
  return whole(boundedInflate(packed, size, 'A strip'), size);
}

function whole(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length < size) throw new RangeError('A strip is too short');
  return bytes;
}

/** PackBits (TIFF 6.0, section 9): a count, then as many literal bytes, or one byte to repeat. */
function unpackBits({ packed, size }: PackedPart): Uint8Array {
  const out = new Uint8Array(size);
  for (let at = 0, p = 0; at < size; ) {
    const control = packed[p++];
    if (control === undefined) throw new RangeError('A strip is too short');
    if (control < 128) {
      const run = Math.min(control + 1, size - at);
      out.set(whole(packed.subarray(p, p + run), run), at);
      p += control + 1;
      at += run;
    } else if (control > 128) {
      const run = 257 - control;
      out.fill(packed[p++] ?? 0, at, at + run);
      at += run;
    }
  }
  return out;
}
