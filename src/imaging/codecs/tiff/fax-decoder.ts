import {
  BLACK_TABLE,
  FAX_LOOKUP_BITS,
  LAST_ENDING_RUN,
  MODE,
  MODE_TABLE,
  NO_CODE,
  type PrefixTable,
  WHITE_TABLE,
} from './fax-codes.js';

/** RLE: rows that start at whole bytes, without end-of-line codes. */
export type FaxKind = 'RLE' | 'GROUP_3' | 'GROUP_4';

const EOL_ZEROS = 11;

/**
 * Decodes fax compression (ITU-T T.4 and T.6) to rows of bits, 1 for black.
 *
 * @param twoDimensional Group 3 whose rows may refer to the row before
 * @throws RangeError for invalid codes, and for missing rows without an end code
 */
export function decodeFax(
  packed: Uint8Array,
  width: number,
  height: number,
  kind: FaxKind,
  twoDimensional: boolean,
): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const out = new Uint8Array(rowBytes * height);
  const bits = new FaxBits(packed);
  let reference: number[] = [];
  for (let y = 0; y < height; y++) {
    if (kind === 'RLE') bits.align();
    const ends = kind === 'GROUP_3' ? bits.skipEndOfLine() > 1 && y > 0 : kind === 'GROUP_4' && bits.atEnd();
    if (ends) break;
    const refers = kind === 'GROUP_4' || (kind === 'GROUP_3' && twoDimensional && bits.take(1) === 0);
    const changes = refers ? referringRow(bits, width, reference) : plainRow(bits, width);
    fill(out, y * rowBytes, changes, width);
    reference = changes;
  }
  return out;
}

/** Reads alternating runs of white and black; returns the positions of colour changes. */
function plainRow(bits: FaxBits, width: number): number[] {
  const changes: number[] = [];
  for (let at = 0, black = false; at < width; black = !black) {
    at += bits.run(black);
    if (at > width) throw new RangeError('A row that is too long');
    changes.push(at);
  }
  return changes;
}

/** Reads a row that is coded relative to the previous row (T.4, 4.2.1.3). */
function referringRow(bits: FaxBits, width: number, reference: readonly number[]): number[] {
  const changes: number[] = [];
  let at = -1;
  let black = false;
  let index = 0;
  while (at < width) {
    // First change of the previous row to the right of here, towards the other colour.
    while (index > 0 && (reference[index - 1] ?? width) > at) index--;
    while (
      index < reference.length &&
      ((reference[index] as number) <= at || index % 2 !== (black ? 1 : 0))
    ) {
      index++;
    }
    const opposite = reference[index] ?? width;
    const mode = bits.code(MODE_TABLE);
    if (mode === MODE.pass) {
      at = reference[index + 1] ?? width;
    } else if (mode === MODE.horizontal) {
      const first = Math.max(0, at) + bits.run(black);
      at = first + bits.run(!black);
      if (at > width) throw new RangeError('A row that is too long');
      changes.push(first, at);
    } else {
      const next = opposite + mode;
      if (next < at || next < 0 || next > width) throw new RangeError('A row whose position decreases');
      at = next;
      changes.push(at);
      black = !black;
    }
  }
  return changes;
}

function fill(out: Uint8Array, at: number, changes: readonly number[], width: number): void {
  for (let i = 0; i < changes.length; i += 2) {
    const end = changes[i + 1] ?? width;
    for (let x = changes[i] as number; x < end; ) {
      if ((x & 7) === 0 && end - x >= 8) {
        out[at + (x >> 3)] = 255;
        x += 8;
      } else {
        out[at + (x >> 3)] = (out[at + (x >> 3)] as number) | (0x80 >> (x & 7));
        x++;
      }
    }
  }
}

class FaxBits {
  /** In bits. */
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Skips to the next byte boundary. */
  align(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  take(count: number): number {
    const value = this.#peek(count);
    this.#skip(count);
    return value;
  }

  code(table: PrefixTable): number {
    const entry = table[this.#peek(FAX_LOOKUP_BITS)] as number;
    if (entry === NO_CODE) throw new RangeError('A fax code that does not exist');
    this.#skip(entry & 15);
    return entry >> 4;
  }

  /** Reads a run: any number of multiples of 64, and the rest. */
  run(black: boolean): number {
    const table = black ? BLACK_TABLE : WHITE_TABLE;
    for (let run = 0; ; ) {
      const part = this.code(table);
      run += part;
      if (part <= LAST_ENDING_RUN) return run;
    }
  }

  /** True at the end-of-line code, which ends Group 4. */
  atEnd(): boolean {
    return this.#peek(EOL_ZEROS + 1) === 1;
  }

  /** Skips end-of-line codes with leading zeros; returns their number. */
  skipEndOfLine(): number {
    for (let codes = 0; ; codes++) {
      if (this.#peek(EOL_ZEROS) !== 0 || this.#left() < EOL_ZEROS) return codes;
      while (this.#left() > 0 && this.#peek(1) === 0) this.#at++;
      if (this.#left() <= 0) return codes + 1;
      this.#at++;
    }
  }

  #left(): number {
    return this.bytes.length * 8 - this.#at;
  }

  #skip(count: number): void {
    this.#at += count;
    if (this.#left() < 0) throw new RangeError('Fax data ends too early');
  }

  /** At most 13 bits; zeros after the end. */
  #peek(count: number): number {
    const byte = this.#at >> 3;
    const { bytes } = this;
    const three = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    return (three >> (24 - (this.#at & 7) - count)) & ((1 << count) - 1);
  }
}
