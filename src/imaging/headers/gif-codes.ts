import type { ByteReader } from './byte-reader.js';

/** Number of entries in the code table of a GIF. */
export const MAX_CODES = 4096;

/** Reads codes of any number of bits, least significant bit first, from blocks with a length prefix. */
export function codeReader(reader: ByteReader, start: number): (bits: number) => number {
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

/** Returns true if the codes of a frame stand for at least `wanted` pixels; unpacks only the lengths of the runs. */
export function holdsPixels(reader: ByteReader, dataStart: number, wanted: number): boolean {
  try {
    return countPixels(reader, dataStart, wanted) >= wanted;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function countPixels(reader: ByteReader, dataStart: number, wanted: number): number {
  const smallest = reader.u8(dataStart);
  const isEmpty = reader.u8(dataStart + 1) === 0;
  if (isEmpty || smallest < 1 || smallest > 8) return 0;
  const clear = 1 << smallest;
  // By code, from the first that is no single pixel; grows with the data, because a file can have many frames.
  const runs: number[] = [];
  const lengthOf = (code: number) => (code < clear ? 1 : (runs[code - clear - 2] as number));
  const nextCode = codeReader(reader, dataStart + 1);
  let count = 0;
  let size = smallest + 1;
  let codes = clear + 2;
  let previous: number | undefined;
  while (count < wanted) {
    const code = nextCode(size);
    if (code === clear + 1) break;
    if (code === clear) {
      [size, codes, previous] = [smallest + 1, clear + 2, undefined];
      continue;
    }
    if (previous !== undefined && codes < MAX_CODES) {
      runs[codes - clear - 2] = lengthOf(previous) + 1;
      codes++;
      if (codes === 1 << size && size < 12) size++;
    }
    if (code >= codes) break;
    count += lengthOf(code);
    previous = code;
  }
  return count;
}
