const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MAX_BITS = 12;
const MAX_CODES = 2 ** MAX_BITS;

/**
 * Decodes TIFF's variant of LZW (TIFF 6.0, section 13): most significant bit first, code width increased one code
 * early. Ends with the data, the end code or at `maxBytes`. @throws RangeError for an invalid code
 */
export function decodeLzw(packed: Uint8Array, maxBytes: number): Uint8Array {
  const out = new Uint8Array(maxBytes);
  // Each code refers to an earlier part of the output, by offset and length.
  const start = new Uint32Array(MAX_CODES);
  const length = new Uint32Array(MAX_CODES);
  let written = 0;
  let next = FIRST_FREE;
  let bits = 9;
  let previous: { at: number; length: number } | undefined;
  let held = 0;
  let heldBits = 0;
  for (const byte of packed) {
    held = (held << 8) | byte;
    heldBits += 8;
    if (heldBits < bits) continue;
    heldBits -= bits;
    const code = (held >>> heldBits) & (2 ** bits - 1);
    held &= 2 ** heldBits - 1;
    if (code === END || written === maxBytes) break;
    if (code === CLEAR) {
      next = FIRST_FREE;
      bits = 9;
      previous = undefined;
      continue;
    }
    if (code > next || (code === next && !previous))
      throw new RangeError('An LZW code that was never defined');
    const at = written;
    if (previous && next < MAX_CODES) {
      // The previous string plus the first byte of this one, which directly follows it.
      start[next] = previous.at;
      length[next] = previous.length + 1;
      next++;
    }
    if (code < CLEAR) out[written++] = code;
    else {
      const from = start[code] as number;
      const end = Math.min(maxBytes, written + (length[code] as number));
      for (let i = from; written < end; i++) out[written++] = out[i] as number;
    }
    previous = { at, length: written - at };
    if (next >= 2 ** bits - 1 && bits < MAX_BITS) bits++;
  }
  return out.subarray(0, written);
}
