import { AppError } from '../../errors.js';
import { boundedInflate } from './bounded-inflate.js';
import { ByteReader } from './byte-reader.js';
import { exifOrientation } from './exif-orientation.js';
import type { ImageHeader } from './image-header.js';
import { MetadataUnpacker } from './metadata-unpacker.js';

/** Samples a pixel by colour type; the types between are not defined. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** First column, first row, column step and row step of the seven passes of an interlaced PNG. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Walks the chunks. Packed texts and profiles are unpacked here, bounded together, because decoders do it unbounded. */
export function pngHeader(bytes: Uint8Array): ImageHeader {
  const reader = new ByteReader(bytes);
  if (reader.u32(8) !== 13 || reader.ascii(12, 4) !== 'IHDR') throw malformed('does not begin with IHDR');
  const width = reader.u32(16);
  const height = reader.u32(20);
  if (SAMPLES[reader.u8(25)] === undefined || reader.u8(28) > 1)
    throw malformed('has an unknown colour type');
  const header: ImageHeader = { format: 'PNG', width, height, orientation: 1, frames: 1, pixels: 0 };
  const metadata = new MetadataUnpacker();
  let hasData = false;
  let ends = false;
  for (const { type, data } of chunks(reader)) {
    hasData ||= type === 'IDAT';
    ends = type === 'IEND';
    if (type === 'acTL') header.frames = Math.max(1, new ByteReader(data).u32(0));
    if (type === 'eXIf') header.orientation = exifOrientation(data);
    if (type === 'iCCP') {
      const profile = metadata.unpack(data.subarray(endOfString(data, 0) + 1));
      if (profile) header.iccProfile = profile;
    }
    if (type === 'zTXt') metadata.unpack(data.subarray(endOfString(data, 0) + 1));
    if (type === 'iTXt') checkInternationalText(data, metadata);
  }
  if (!ends) throw malformed('is cut short');
  if (!hasData) throw malformed('has no pixels');
  header.pixels = width * height * header.frames;
  return header;
}

/**
 * Fails where the pixel data of an interlaced PNG would unpack to more than its size needs: pngjs would unpack
 * it all.
 */
export function checkInterlacedData(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes);
  if (reader.u8(28) === 0) return;
  const width = reader.u32(16);
  const height = reader.u32(20);
  const bitsPerPixel = reader.u8(24) * (SAMPLES[reader.u8(25)] ?? 4);
  let expected = 0;
  for (const [left, top, columnStep, rowStep] of ADAM7) {
    const columns = Math.ceil((width - left) / columnStep);
    const rows = Math.ceil((height - top) / rowStep);
    if (columns > 0 && rows > 0) expected += rows * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  }
  const data = [...chunks(reader)].filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  boundedInflate(Buffer.concat(data), expected, 'The pixel data');
}

/** Ends with IEND, or before the chunk that the file does not hold whole. */
function* chunks(reader: ByteReader): Generator<{ type: string; data: Uint8Array }> {
  let type = '';
  for (let at = 8; at + 12 <= reader.length && type !== 'IEND'; ) {
    const length = reader.u32(at);
    if (at + 12 + length > reader.length) return;
    type = reader.ascii(at + 4, 4);
    yield { type, data: reader.slice(at + 8, length) };
    at += 12 + length;
  }
}

/** iTXt: keyword, packed or not, method, language, translated keyword, text. */
function checkInternationalText(data: Uint8Array, metadata: MetadataUnpacker): void {
  const flags = endOfString(data, 0);
  if (data[flags] !== 1) return;
  metadata.unpack(data.subarray(endOfString(data, endOfString(data, flags + 2))));
}

function endOfString(data: Uint8Array, from: number): number {
  const nul = data.indexOf(0, from);
  return nul === -1 ? data.length : nul + 1;
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The PNG file ${what}`);
}
