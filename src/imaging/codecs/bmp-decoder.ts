import { type BmpLayout, bmpLayout } from '../headers/bmp-header.js';
import { ByteReader } from '../headers/byte-reader.js';
import type { RgbaRaster } from '../pixels/raster.js';
import { unpackRuns } from './bmp-runs.js';

/** Default masks of red, green and blue. */
const DEFAULT_MASKS: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0x00ff0000, 0x0000ff00, 0x000000ff],
};

/** Reads the pixel at a column of the row that starts at an offset, into four bytes of the result. */
type PixelReader = (row: number, x: number, out: Uint8Array, o: number) => void;

/**
 * Decodes a BMP. Alpha is used only if the header has a mask for it, because most writers leave the fourth byte of
 * opaque files at 0. If all alpha values are 0, they are ignored too.
 */
export function decodeBmp(bytes: Uint8Array): RgbaRaster {
  const reader = new ByteReader(bytes, true);
  const layout = bmpLayout(bytes);
  const { width, height, topDown, dataStart, rowBytes } = layout;
  const data = new Uint8Array(width * height * 4);
  const isPacked = layout.packing.startsWith('RLE');
  const read = isPacked ? runReader(reader, layout) : pixelReader(reader, layout);
  for (let y = 0, o = 0; y < height; y++) {
    const row = topDown ? y : height - 1 - y;
    const start = isPacked ? row * width : dataStart + row * rowBytes;
    for (let x = 0; x < width; x++, o += 4) read(start, x, data, o);
  }
  if (layout.masks?.[3]) makeOpaqueIfClear(data);
  return { data, width, height, channels: 4 };
}

function runReader(reader: ByteReader, layout: BmpLayout): PixelReader {
  const values = unpackRuns(reader, layout);
  const colour = layout.packing === 'RLE24' ? (value: number) => value : paletteReader(reader, layout);
  return (start, x, out, o) => put(out, o, colour(values[start + x] as number));
}

function pixelReader(reader: ByteReader, layout: BmpLayout): PixelReader {
  const { bits, masks } = layout;
  if (bits === 24) {
    return (row, x, out, o) => put(out, o, reader.u16(row + x * 3) | (reader.u8(row + x * 3 + 2) << 16));
  }
  if (bits < 16) {
    const perByte = 8 / bits;
    const colour = paletteReader(reader, layout);
    return (row, x, out, o) => {
      const byte = reader.u8(row + Math.floor(x / perByte));
      put(out, o, colour((byte >> (8 - bits - (x % perByte) * bits)) & (2 ** bits - 1)));
    };
  }
  const [red, green, blue, alpha] = (masks ?? DEFAULT_MASKS[bits] ?? []).map(maskReader);
  if (!red || !green || !blue) throw new RangeError('No colour masks');
  const hasAlpha = masks?.[3] !== undefined && masks[3] !== 0;
  return (row, x, out, o) => {
    const value = bits === 16 ? reader.u16(row + x * 2) : reader.u32(row + x * 4);
    out[o] = red(value);
    out[o + 1] = green(value);
    out[o + 2] = blue(value);
    out[o + 3] = hasAlpha && alpha ? alpha(value) : 255;
  };
}

/** Writes 0xRRGGBB as an opaque pixel. */
function put(out: Uint8Array, o: number, colour: number): void {
  out[o] = colour >> 16;
  out[o + 1] = colour >> 8;
  out[o + 2] = colour;
  out[o + 3] = 255;
}

/** Extracts the bits under a mask and scales them to 0 to 255. */
function maskReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const max = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / max);
}

/** Returns a function that reads a colour as 0xRRGGBB; black for an index outside the palette. */
function paletteReader(reader: ByteReader, { palette }: BmpLayout): (index: number) => number {
  const colours = Array.from({ length: palette.entries }, (_, index) => {
    const at = palette.start + index * palette.bytes;
    return reader.u16(at) | (reader.u8(at + 2) << 16);
  });
  return (index) => colours[index] ?? 0;
}

function makeOpaqueIfClear(data: Uint8Array): void {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return;
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
}
