import type { SampleFormat, TiffLayout } from './tiff-layout.js';

/** Reads the sample with an index, in a row that starts at an offset. */
export type SampleReader = (row: number, sample: number) => number;

/** Values that are mapped to black and white. */
export interface SampleRange {
  least: number;
  greatest: number;
}

/** Returns a function that reads the samples of decompressed data as numbers. */
export function sampleReader(
  data: Uint8Array,
  { bits, format, littleEndian }: Pick<TiffLayout, 'bits' | 'format' | 'littleEndian'>,
): SampleReader {
  if (bits === 8 && format === 'UNSIGNED') return (row, sample) => data[row + sample] as number;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const key = `${format}_${bits}`;
  switch (key) {
    case 'UNSIGNED_16':
      return (row, sample) => view.getUint16(row + sample * 2, littleEndian);
    case 'UNSIGNED_32':
      return (row, sample) => view.getUint32(row + sample * 4, littleEndian);
    case 'UNSIGNED_64':
      return (row, sample) => Number(view.getBigUint64(row + sample * 8, littleEndian));
    case 'SIGNED_8':
      return (row, sample) => view.getInt8(row + sample);
    case 'SIGNED_16':
      return (row, sample) => view.getInt16(row + sample * 2, littleEndian);
    case 'SIGNED_32':
      return (row, sample) => view.getInt32(row + sample * 4, littleEndian);
    case 'SIGNED_64':
      return (row, sample) => Number(view.getBigInt64(row + sample * 8, littleEndian));
    case 'FLOAT_16':
      return (row, sample) => halfFloat(view.getUint16(row + sample * 2, littleEndian));
    case 'FLOAT_32':
      return (row, sample) => view.getFloat32(row + sample * 4, littleEndian);
    case 'FLOAT_64':
      return (row, sample) => view.getFloat64(row + sample * 8, littleEndian);
    case 'FLOAT_24':
      return (row, sample) => threeByteFloat(data, row + sample * 3, littleEndian);
    default:
      return bitReader(data, bits, littleEndian);
  }
}

/** Range of the samples of a format: all values that it can store; 0 to 1 for floats. */
export function formatRange(format: SampleFormat, bits: number): SampleRange {
  switch (format) {
    case 'UNSIGNED':
      return { least: 0, greatest: 2 ** bits - 1 };
    case 'SIGNED':
      return { least: -(2 ** (bits - 1)), greatest: 2 ** (bits - 1) - 1 };
    case 'FLOAT':
      return { least: 0, greatest: 1 };
    default:
      return format satisfies never;
  }
}

/** Samples of any number of bits, most significant first; 24-bit samples in the byte order of the file. */
function bitReader(data: Uint8Array, bits: number, littleEndian: boolean): SampleReader {
  if (bits === 24) {
    return (row, sample) => {
      const at = row + sample * 3;
      const [first, second, third] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      return littleEndian ? (third << 16) | (second << 8) | first : (first << 16) | (second << 8) | third;
    };
  }
  const mask = 2 ** bits - 1;
  return (row, sample) => {
    const bit = sample * bits;
    const at = row + (bit >> 3);
    const three = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    return (three >> (24 - bits - (bit & 7))) & mask;
  };
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  return floatOf(bits >> 15, (bits >> 10) & 31, (bits & 1023) / 1024, 15, 31);
}

/** One bit of sign, seven of exponent, sixteen of fraction (TIFF Technical Note 3). */
function threeByteFloat(data: Uint8Array, at: number, littleEndian: boolean): number {
  const [a, b, c] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  const bits = littleEndian ? (c << 16) | (b << 8) | a : (a << 16) | (b << 8) | c;
  return floatOf(bits >> 23, (bits >> 16) & 127, (bits & 65_535) / 65_536, 63, 127);
}

function floatOf(sign: number, exponent: number, fraction: number, bias: number, top: number): number {
  if (exponent === top) return fraction === 0 ? (sign ? -Infinity : Infinity) : Number.NaN;
  const size = exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias);
  return sign ? -size : size;
}
