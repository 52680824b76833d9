import type { BitWriter } from './bit-writer.js';
import { type HuffmanTable, ZIGZAG } from './jpeg-tables.js';

/** Factors by which the fast transform scales each row and column (Arai, Agui, Nakajima 1988). */
const AAN = Array.from({ length: 8 }, (_, k) => (k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16)));
/** Runs of 16 zeros, and the end of a block. */
const ZEROS = 0xf0;
const END = 0x00;

/** Encodes the blocks of 8x8 samples of one component. */
export class BlockEncoder {
  readonly #divisors: Float64Array;
  readonly #dc: HuffmanCodes;
  readonly #ac: HuffmanCodes;
  readonly #coefficients = new Int32Array(64);
  #lastDc = 0;

  constructor(quantization: Uint8Array, { dc, ac }: { dc: HuffmanTable; ac: HuffmanTable }) {
    this.#divisors = Float64Array.from(
      quantization,
      (value, i) => 1 / (value * (AAN[i >> 3] as number) * (AAN[i & 7] as number) * 8),
    );
    this.#dc = new HuffmanCodes(dc);
    this.#ac = new HuffmanCodes(ac);
  }

  /** @param block 64 samples around 0, row by row; overwritten */
  encode(block: Float64Array, out: BitWriter): void {
    for (let row = 0; row < 64; row += 8) transform(block, row, 1);
    for (let column = 0; column < 8; column++) transform(block, column, 8);
    const coefficients = this.#coefficients;
    for (let i = 0; i < 64; i++)
      coefficients[ZIGZAG[i] as number] = Math.round((block[i] as number) * (this.#divisors[i] as number));
    const dc = coefficients[0] as number;
    const difference = dc - this.#lastDc;
    this.#lastDc = dc;
    this.#dc.write(out, bitsOf(difference));
    writeValue(out, difference);
    this.#encodeAc(coefficients, out);
  }

  #encodeAc(coefficients: Int32Array, out: BitWriter): void {
    let zeros = 0;
    for (let i = 1; i < 64; i++) {
      const value = coefficients[i] as number;
      if (value === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) this.#ac.write(out, ZEROS);
      this.#ac.write(out, (zeros << 4) | bitsOf(value));
      writeValue(out, value);
      zeros = 0;
    }
    if (zeros > 0) this.#ac.write(out, END);
  }
}

class HuffmanCodes {
  readonly #codes = new Uint16Array(256);
  readonly #lengths = new Uint8Array(256);

  constructor({ counts, symbols }: HuffmanTable) {
    let code = 0;
    let next = 0;
    for (const [i, count] of counts.entries()) {
      for (let k = 0; k < count; k++) {
        const symbol = symbols[next++] as number;
        this.#codes[symbol] = code++;
        this.#lengths[symbol] = i + 1;
      }
      code <<= 1;
    }
  }

  write(out: BitWriter, symbol: number): void {
    out.write(this.#codes[symbol] as number, this.#lengths[symbol] as number);
  }
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(Math.abs(value));
}

/** Negative numbers are written as their ones' complement. */
function writeValue(out: BitWriter, value: number): void {
  const bits = bitsOf(value);
  if (bits > 0) out.write(value < 0 ? value + (1 << bits) - 1 : value, bits);
}

/** One-dimensional discrete cosine transform of eight samples, `step` apart, scaled by {@link AAN}. */
function transform(d: Float64Array, at: number, step: number): void {
  const d0 = d[at] as number;
  const d1 = d[at + step] as number;
  const d2 = d[at + 2 * step] as number;
  const d3 = d[at + 3 * step] as number;
  const d4 = d[at + 4 * step] as number;
  const d5 = d[at + 5 * step] as number;
  const d6 = d[at + 6 * step] as number;
  const d7 = d[at + 7 * step] as number;
  const outer = d0 + d7 + (d3 + d4);
  const inner = d1 + d6 + (d2 + d5);
  const outerRest = d0 + d7 - (d3 + d4);
  const even = (outerRest + (d1 + d6) - (d2 + d5)) * Math.SQRT1_2;
  d[at] = outer + inner;
  d[at + 4 * step] = outer - inner;
  d[at + 2 * step] = outerRest + even;
  d[at + 6 * step] = outerRest - even;
  const low = d3 - d4 + (d2 - d5);
  const middle = (d2 - d5 + (d1 - d6)) * Math.SQRT1_2;
  const high = d1 - d6 + (d0 - d7);
  const shared = (low - high) * 0.382683432365089;
  const z2 = low * 0.541196100146197 + shared;
  const z4 = high * 1.306562964876377 + shared;
  const z11 = d0 - d7 + middle;
  const z13 = d0 - d7 - middle;
  d[at + 5 * step] = z13 + z2;
  d[at + 3 * step] = z13 - z2;
  d[at + step] = z11 + z4;
  d[at + 7 * step] = z11 - z4;
}
