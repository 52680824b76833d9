import { ByteReader } from '../headers/byte-reader.js';
import type { RgbaRaster } from '../pixels/raster.js';

const RLE8 = 1;
const RLE4 = 2;
const BIT_FIELDS = [3, 6];
/** Red, green and blue where no masks are given. */
const DEFAULT_MASKS: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0x00ff0000, 0x0000ff00, 0x000000ff],
};

interface Layout {
  width: number;
  height: number;
  topDown: boolean;
  bits: number;
  compression: number;
  dataStart: number;
  /** Where the palette lies, its entries and the bytes of each. */
  palette: { start: number; entries: number; bytes: number };
}

/**
 * Decodes a BMP whose header has been checked by `bmpHeader`. The format's fourth byte is not used as alpha: most
 * writers leave it 0 without meaning transparent.
 */
export function decodeBmp(bytes: Uint8Array): RgbaRaster {
  const reader = new ByteReader(bytes, true);
  const layout = readLayout(reader);
  const { width, height, topDown, bits } = layout;
  const packed = layout.compression === RLE8 || layout.compression === RLE4;
  const rows = packed ? unpackRuns(reader, layout) : undefined;
  const pixel = pixelReader(reader, layout);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, o = 0; y < height; y++) {
    const row = topDown ? y : height - 1 - y;
    for (let x = 0; x < width; x++, o += 4) {
      const colour = rows
        ? paletteColour(reader, layout, rows[row * width + x] as number)
        : pixel(layout.dataStart + row * rowBytes, x);
      data[o] = colour >> 16;
      data[o + 1] = colour >> 8;
      data[o + 2] = colour;
      data[o + 3] = 255;
    }
  }
  return { data, width, height, channels: 4 };
}

function readLayout(reader: ByteReader): Layout {
  const headerSize = reader.u32(14);
  const old = headerSize === 12;
  const bits = reader.u16(old ? 24 : 28);
  const compression = old ? 0 : reader.u32(30);
  const signedHeight = old ? reader.u16(20) : reader.i32(22);
  const masks = headerSize === 40 && BIT_FIELDS.includes(compression) ? 12 : 0;
  const declared = old ? 0 : reader.u32(46);
  const entries = bits > 8 ? 0 : Math.min(2 ** bits, declared || 2 ** bits);
  return {
    width: old ? reader.u16(18) : reader.i32(18),
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    compression,
    dataStart: reader.u32(10),
    palette: { start: 14 + headerSize + masks, entries, bytes: old ? 3 : 4 },
  };
}

/** Reads the pixel at a column of the row that starts at a place, as 0xRRGGBB. */
function pixelReader(reader: ByteReader, layout: Layout): (row: number, x: number) => number {
  const { bits, compression } = layout;
  if (bits === 24) return (row, x) => reader.u16(row + x * 3) | (reader.u8(row + x * 3 + 2) << 16);
  if (bits < 16) {
    const perByte = 8 / bits;
    return (row, x) => {
      const byte = reader.u8(row + Math.floor(x / perByte));
      const index = (byte >> (8 - bits - (x % perByte) * bits)) & (2 ** bits - 1);
      return paletteColour(reader, layout, index);
    };
  }
  const given = BIT_FIELDS.includes(compression) ? [54, 58, 62].map((at) => reader.u32(at)) : undefined;
  const [red, green, blue] = (given ?? DEFAULT_MASKS[bits] ?? []).map(maskReader);
  if (!red || !green || !blue) throw new RangeError('No colour masks');
  return (row, x) => {
    const value = bits === 16 ? reader.u16(row + x * 2) : reader.u32(row + x * 4);
    return (red(value) << 16) | (green(value) << 8) | blue(value);
  };
}

/** Takes the bits under a mask and stretches them to 0 to 255. */
function maskReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const max = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / max);
}

/** Black for an index that the palette does not have. */
function paletteColour(reader: ByteReader, { palette }: Layout, index: number): number {
  if (index >= palette.entries) return 0;
  const at = palette.start + index * palette.bytes;
  return reader.u16(at) | (reader.u8(at + 2) << 16);
}

/** Run lengths to one palette index a pixel, rows from the bottom; pixels that are skipped have index 0. */
function unpackRuns(reader: ByteReader, { width, height, compression, dataStart }: Layout): Uint8Array {
  const indices = new Uint8Array(width * height);
  const four = compression === RLE4;
  let at = dataStart;
  let x = 0;
  let y = 0;
  const put = (index: number) => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  while (y < height) {
    const count = reader.u8(at);
    const value = reader.u8(at + 1);
    at += 2;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(four ? (i % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      x += reader.u8(at);
      y += reader.u8(at + 1);
      at += 2;
    } else {
      for (let i = 0; i < value; i++) {
        const byte = reader.u8(at + (four ? i >> 1 : i));
        put(four ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      const bytes = four ? Math.ceil(value / 2) : value;
      at += bytes + (bytes % 2);
    }
  }
  return indices;
}
