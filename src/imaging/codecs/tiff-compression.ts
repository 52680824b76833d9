import { boundedInflate } from '../headers/bounded-inflate.js';
import { decodeLzw } from './lzw-decoder.js';

/** Unpacks one strip to exactly `size` bytes, or throws. */
type Unpack = (packed: Uint8Array, size: number) => Uint8Array;

/** By the number of the compression in TIFF 6.0; deflate has two. */
export const TIFF_COMPRESSIONS: Readonly<Record<number, Unpack>> = {
  1: (packed, size) => whole(packed.subarray(0, size), size),
  5: (packed, size) => whole(decodeLzw(packed, size), size),
  8: inflate,
  32773: unpackBits,
  32946: inflate,
};

function inflate(packed: Uint8Array, size: number): Uint8Array {
  return whole(boundedInflate(packed, size, 'A strip'), size);
}

function whole(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length < size) throw new RangeError('A strip is too short');
  return bytes;
}

/** PackBits (section 9): a count, then that many bytes as they are, or one to repeat. */
function unpackBits(packed: Uint8Array, size: number): Uint8Array {
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
