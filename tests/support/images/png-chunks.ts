import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** One chunk of a PNG: length, name, data, checksum. */
export function chunk(name: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

export interface PngHeaderFields {
  width: number;
  height: number;
  bits?: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  colourType?: number;
  interlaced?: boolean;
}

export function headerChunk({
  width,
  height,
  bits = 8,
  colourType = 2,
  interlaced = false,
}: PngHeaderFields): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bits, colourType, 0, 0, interlaced ? 1 : 0], 8);
  return chunk('IHDR', data);
}

/** A PNG of exactly these chunks; complete only if they end with IEND. */
export function pngOf(...chunks: Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks]);
}

/** A complete PNG whose pixels are `pixelBytes` zeros, with extra chunks between header and pixels. */
export function pngWith(header: PngHeaderFields, pixelBytes: number, ...extra: Buffer[]): Buffer {
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(pixelBytes)));
  return pngOf(headerChunk(header), ...extra, pixels, chunk('IEND'));
}

/** Adds a chunk after the header of a PNG. */
export function withChunk(png: Uint8Array, extra: Buffer): Buffer {
  const afterHeader = 8 + 25;
  return Buffer.concat([png.subarray(0, afterHeader), extra, png.subarray(afterHeader)]);
}
