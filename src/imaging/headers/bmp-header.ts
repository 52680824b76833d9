import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import type { ImageHeader } from './image-header.js';

const FILE_HEADER_BYTES = 14;
const CORE_HEADER = 12;
/** BITMAPINFOHEADER, its successors with masks in the header, and versions 4 and 5. */
const WINDOWS_HEADERS = [40, 52, 56, 108, 124];
/** OS/2 2.x stores any part of its 64 bytes. */
const OS2_LEAST = 16;
const OS2_GREATEST = 64;
const DEPTHS = [1, 2, 4, 8, 16, 24, 32];
const MASKS_AT = 54;

/** Compression of the pixels; the values have other meanings in OS/2 headers. */
export type BmpPacking = 'NONE' | 'MASKS' | 'RLE8' | 'RLE4' | 'RLE24';
const WINDOWS_PACKINGS: Readonly<Record<number, BmpPacking>> = {
  0: 'NONE',
  1: 'RLE8',
  2: 'RLE4',
  3: 'MASKS',
  6: 'MASKS',
};
const OS2_PACKINGS: Readonly<Record<number, BmpPacking>> = { 0: 'NONE', 1: 'RLE8', 2: 'RLE4', 4: 'RLE24' };

/** Bit depths of each compression. */
const PACKED_DEPTHS: Readonly<Record<BmpPacking, readonly number[]>> = {
  NONE: DEPTHS,
  MASKS: [16, 32],
  RLE8: [8],
  RLE4: [4],
  RLE24: [24],
};

/** Contents of the headers of a BMP. */
export interface BmpLayout {
  width: number;
  height: number;
  /** True if the first row is the top row. */
  topDown: boolean;
  bits: number;
  packing: BmpPacking;
  dataStart: number;
  rowBytes: number;
  /** Offset of the palette, number of entries, and bytes of each. */
  palette: { start: number; entries: number; bytes: number };
  /** Masks of red, green, blue and alpha; undefined without masks. */
  masks: readonly number[] | undefined;
}

export function bmpHeader(bytes: Uint8Array): ImageHeader {
  const { width, height } = bmpLayout(bytes);
  const pixels = width * height;
  return { format: 'BMP', width, height, orientation: 1, frames: 1, pixels, space: 'RGB', bits: 8 };
}

/** @throws AppError UNSUPPORTED_MEDIA for unknown headers and depths, and for missing rows */
export function bmpLayout(bytes: Uint8Array): BmpLayout {
  const reader = new ByteReader(bytes, true);
  const headerSize = reader.u32(FILE_HEADER_BYTES);
  const isCore = headerSize === CORE_HEADER;
  const isWindows = WINDOWS_HEADERS.includes(headerSize);
  if (!isCore && !isWindows && (headerSize < OS2_LEAST || headerSize > OS2_GREATEST)) {
    throw malformed('has a header of an unknown kind');
  }
  const field = (at: number) => (at + 4 <= headerSize ? reader.u32(FILE_HEADER_BYTES + at) : 0);
  const width = isCore ? reader.u16(18) : reader.i32(18);
  const signedHeight = isCore ? reader.u16(20) : reader.i32(22);
  const planes = reader.u16(isCore ? 22 : 26);
  const bits = reader.u16(isCore ? 24 : 28);
  const compression = isCore ? 0 : field(16);
  const packing = (isWindows || isCore ? WINDOWS_PACKINGS : OS2_PACKINGS)[compression];
  if (planes !== 1 || !DEPTHS.includes(bits)) throw malformed('has an unknown depth');
  if (!packing || !PACKED_DEPTHS[packing].includes(bits)) throw malformed('has an unknown compression');
  const dataStart = reader.u32(10);
  // Masks of the oldest Windows header follow it: three, or four with alpha.
  const masksBehind = headerSize === 40 && packing === 'MASKS' ? (compression === 6 ? 16 : 12) : 0;
  const start = FILE_HEADER_BYTES + headerSize + masksBehind;
  const entryBytes = isCore ? 3 : 4;
  const declared = field(32) || 2 ** bits;
  const room = Math.max(0, Math.floor((dataStart - start) / entryBytes));
  const layout: BmpLayout = {
    ...{ width, height: Math.abs(signedHeight), topDown: signedHeight < 0, bits, packing, dataStart },
    rowBytes: Math.ceil((width * bits) / 32) * 4,
    palette: { start, entries: bits > 8 ? 0 : Math.min(2 ** bits, declared, room), bytes: entryBytes },
    masks: packing === 'MASKS' ? masksOf(reader, headerSize, masksBehind) : undefined,
  };
  checkData(layout, headerSize, reader.length);
  return layout;
}

/** Red, green and blue; alpha if the header is large enough. */
function masksOf(reader: ByteReader, headerSize: number, masksBehind: number): number[] {
  const hasAlpha = headerSize >= 56 || masksBehind === 16;
  return [0, 4, 8, ...(hasAlpha ? [12] : [])].map((offset) => reader.u32(MASKS_AT + offset));
}

/** The padding of the last row may be missing, because some writers omit it. */
function checkData(
  { dataStart, packing, rowBytes, ...image }: BmpLayout,
  headerSize: number,
  length: number,
) {
  if (dataStart < FILE_HEADER_BYTES + headerSize || dataStart >= length) throw malformed('has no pixels');
  if (packing !== 'NONE' && packing !== 'MASKS') return;
  const end = dataStart + rowBytes * (image.height - 1) + Math.ceil((image.width * image.bits) / 8);
  if (end > length) throw malformed('is cut short');
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The BMP file ${what}`);
}
