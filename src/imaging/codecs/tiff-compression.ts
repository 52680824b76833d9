import { boundedInflate } from '../headers/bounded-inflate.js';

/** Unpacks one strip to exactly `size` bytes, or throws. */
type Unpack = (packed: Uint8Array, size: number) => Uint8Array;

/** By the number of the compression in TIFF 6.0; deflate has two. */
export const TIFF_COMPRESSIONS: Readonly<Record<number, Unpack>> = {
  1: (packed, size) => whole(packed.subarray(0, size), size),
  5: unpackLzw,
  8: inflate,
  32773: unpackBits,
  32946: inflate,
};

const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

function inflate(packed: Uint8Array, size: number): Uint8Array {
  return whole(boundedInflate(packed, size, 'A strip'), size);
}

function whole(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length < size) throw new RangeError('A strip is too short');
  return bytes;
}

/** LZW as in section 13: codes of 9 to 12 bits, the highest bit first, that grow one code early. */
function unpackLzw(packed: Uint8Array, size: number): Uint8Array {
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = Uint8Array.from({ length: MAX_CODES }, (_, code) => code);
  const length = new Uint16Array(MAX_CODES).fill(1, 0, CLEAR);
  const out = new Uint8Array(size);
  let codes = END + 1;
  let previous: number | undefined;
  for (let at = 0, bit = 0; at < size; ) {
    const bits = codes < 511 ? 9 : codes < 1023 ? 10 : codes < 2047 ? 11 : 12;
    const code = codeAt(packed, bit, bits);
    bit += bits;
    if (code === CLEAR) {
      codes = END + 1;
      previous = undefined;
      continue;
    }
    const known = code < codes && code !== END;
    if (!known && (code !== codes || previous === undefined)) throw new RangeError('Unknown code');
    if (previous !== undefined && codes < MAX_CODES) {
      prefix[codes] = previous;
      length[codes] = (length[previous] as number) + 1;
      // The new run ends with the first byte of this one, or of the one before where this is the new one itself.
      let link = known ? code : previous;
      while (link >= CLEAR) link = prefix[link] as number;
      suffix[codes++] = link;
    }
    const run = length[code] as number;
    for (let i = at + run - 1, link = code; i >= at; i--, link = prefix[link] as number) {
      if (i < size) out[i] = suffix[link] as number;
    }
    at += run;
    previous = code;
  }
  return out;
}

function codeAt(packed: Uint8Array, bit: number, bits: number): number {
  const byte = bit >> 3;
  if (byte * 8 + bits > packed.length * 8) throw new RangeError('Too few codes');
  const three = ((packed[byte] ?? 0) << 16) | ((packed[byte + 1] ?? 0) << 8) | (packed[byte + 2] ?? 0);
  return (three >> (24 - (bit & 7) - bits)) & ((1 << bits) - 1);
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
