import type { BmpLayout } from '../headers/bmp-header.js';
import type { ByteReader } from '../headers/byte-reader.js';

const END_OF_ROW = 0;
const END_OF_IMAGE = 1;
const MOVE = 2;

/**
 * Decodes run lengths to one value a pixel, rows from the bottom: a palette index, or 0xRRGGBB of RLE24. Pixels that
 * are skipped have value 0.
 */
export function unpackRuns(reader: ByteReader, layout: BmpLayout): Uint32Array {
  const { width, height, packing, dataStart } = layout;
  const values = new Uint32Array(width * height);
  const bits = packing === 'RLE24' ? 24 : packing === 'RLE4' ? 4 : 8;
  /** The value of a number in a run, or in a list, that starts at an offset. */
  const valueAt = (at: number, i: number): number => {
    if (bits === 24) return reader.u16(at + i * 3) | (reader.u8(at + i * 3 + 2) << 16);
    if (bits === 8) return reader.u8(at + i);
    const byte = reader.u8(at + (i >> 1));
    return i % 2 === 0 ? byte >> 4 : byte & 15;
  };
  let at = dataStart;
  let x = 0;
  let y = 0;
  const put = (value: number) => {
    if (x < width && y < height) values[y * width + x] = value;
    x++;
  };
  while (y < height) {
    const count = reader.u8(at++);
    if (count > 0) {
      for (let i = 0; i < count; i++) put(valueAt(at, bits === 4 ? i % 2 : 0));
      at += bits === 24 ? 3 : 1;
      continue;
    }
    const code = reader.u8(at++);
    if (code === END_OF_IMAGE) break;
    if (code === END_OF_ROW) {
      x = 0;
      y++;
    } else if (code === MOVE) {
      x += reader.u8(at);
      y += reader.u8(at + 1);
      at += 2;
    } else {
      for (let i = 0; i < code; i++) put(valueAt(at, i));
      const bytes = Math.ceil((code * bits) / 8);
      at += bytes + (bytes % 2);
    }
  }
  return values;
}
