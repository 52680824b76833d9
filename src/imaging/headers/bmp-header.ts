import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import type { ImageHeader } from './image-header.js';

/** BITMAPCOREHEADER, then BITMAPINFOHEADER and its successors. */
const HEADER_SIZES = [12, 40, 52, 56, 108, 124];
const BITS_PER_PIXEL = [1, 4, 8, 16, 24, 32];
/** Not packed, or as bit fields; 1 and 2 are run lengths. 4 and 5 (JPEG and PNG inside) are for printers. */
const UNPACKED = [0, 3, 6];
const RUN_LENGTHS = [1, 2];

export function bmpHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes, true);
  const dataStart = reader.u32(10);
  const headerSize = reader.u32(14);
  if (!HEADER_SIZES.includes(headerSize)) throw malformed('has a header of an unknown kind');
  const old = headerSize === 12;
  const width = old ? reader.u16(18) : reader.i32(18);
  // A negative height means rows from top to bottom.
  const height = old ? reader.u16(20) : Math.abs(reader.i32(22));
  const planes = reader.u16(old ? 22 : 26);
  const bits = reader.u16(old ? 24 : 28);
  const compression = old ? 0 : reader.u32(30);
  if (planes !== 1 || !BITS_PER_PIXEL.includes(bits)) throw malformed('has an unknown depth');
  if (UNPACKED.includes(compression)) {
    const rowBytes = Math.ceil((width * bits) / 32) * 4;
    if (dataStart + rowBytes * height > reader.length) throw malformed('is shorter than its header says');
  } else if (!RUN_LENGTHS.includes(compression)) {
    throw malformed('is packed in an unknown way');
  }
  if (dataStart < 14 + headerSize || dataStart >= reader.length) throw malformed('has no pixels');
  return { format: 'BMP', width, height, orientation: 1, frames: 1, pixels: width * height };
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The BMP file ${what}`);
}
