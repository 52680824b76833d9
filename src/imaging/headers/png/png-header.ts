import { ByteReader } from '../byte-reader.js';
import { exifOrientation } from '../exif-orientation.js';
import type { ImageHeader } from '../image-header.js';
import { MetadataUnpacker } from '../metadata-unpacker.js';
import { malformed, type PngChunk, pngChunks, pngShape } from './png-chunks.js';
import { PngColourReader } from './png-colour.js';

const GRAY_TYPES = [0, 4];

/** Reads the chunks. Inflates compressed texts and profiles with a common limit, because decoders have none. */
export function pngHeader(bytes: Uint8Array): ImageHeader {
  const { width, height, bits, colourType } = pngShape(bytes);
  const header: ImageHeader = {
    ...{ format: 'PNG', width, height, orientation: 1, frames: 1, pixels: width * height },
    ...{ space: GRAY_TYPES.includes(colourType) ? 'GRAY' : 'RGB', bits },
  };
  const metadata = new MetadataUnpacker();
  const colour = new PngColourReader();
  let orientation: number | undefined;
  let hasData = false;
  let readBytes = 0;
  for (const chunk of pngChunks(bytes)) {
    const { type, data } = chunk;
    readBytes = chunk.whole.byteOffset + chunk.whole.length - bytes.byteOffset;
    hasData ||= type === 'IDAT';
    if (type === 'acTL') header.frames = Math.max(1, new ByteReader(data).u32(0));
    // Only before the pixels, and only the first (PNG, third edition, 11.3.3.4).
    if (type === 'eXIf' && !hasData) orientation ??= exifOrientation(data);
    const unpacked = unpackText(chunk, metadata);
    if (!hasData) colour.read(type, type === 'iCCP' ? unpacked : data);
  }
  // Without IEND, the existing chunks may be complete; then the decoder detects missing pixels.
  const isCut = readBytes < bytes.length && !endsAt(bytes, readBytes);
  if (isCut || !hasData) throw malformed(isCut ? 'is cut short' : 'has no pixels');
  header.orientation = orientation ?? 1;
  const source = colour.result(header.space === 'GRAY');
  if (source) header.colour = source;
  return header;
}

function endsAt(bytes: Uint8Array, end: number): boolean {
  return String.fromCharCode(...bytes.subarray(end - 8, end - 4)) === 'IEND';
}

/** Inflates a compressed chunk; returns a profile. A text counts towards the limit and is discarded. */
function unpackText({ type, data }: PngChunk, metadata: MetadataUnpacker): Uint8Array | undefined {
  if (type === 'iCCP' || type === 'zTXt') return metadata.unpack(data.subarray(endOfString(data, 0) + 1));
  if (type !== 'iTXt') return undefined;
  // Keyword, compression flag, method, language, translated keyword, text.
  const flags = endOfString(data, 0);
  if (data[flags] !== 1) return undefined;
  return metadata.unpack(data.subarray(endOfString(data, endOfString(data, flags + 2))));
}

function endOfString(data: Uint8Array, from: number): number {
  const nul = data.indexOf(0, from);
  return nul === -1 ? data.length : nul + 1;
}
