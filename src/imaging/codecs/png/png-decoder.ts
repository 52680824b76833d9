import { constants, inflateSync } from 'node:zlib';
import { AppError } from '../../../errors.js';
import {
  hasRightChecksum,
  type PngChunk,
  type PngShape,
  pngChunks,
  pngShape,
} from '../../headers/png/png-chunks.js';
import type { DeepRaster, RgbaRaster } from '../../pixels/raster.js';
import { unfilter } from './png-filters.js';
import { passesOf } from './png-passes.js';
import { pixelWriter } from './png-pixels.js';

/** Surplus packed data that is unpacked and ignored: more is a bomb, not a slip of an encoder. */
const MAX_SURPLUS_BYTES = 1024 * 1024;
const CHECKSUM_BYTES = 4;
/** The colour type. */
const PALETTE = 3;

/**
 * Decodes a PNG to 8 bits a channel. What is not of the pixels is ignored, as are bytes after the end and surplus
 * packed data. (pngjs, which jimp decodes with, unpacks all data of an interlaced image without a bound, and refuses
 * surplus bytes that browsers ignore.)
 *
 * @throws RangeError for damaged or missing pixels; AppError LIMIT_EXCEEDED for a bomb
 */
export function decodePng(bytes: Uint8Array): RgbaRaster {
  const { width, height } = pngShape(bytes);
  const data = new Uint8Array(width * height * 4);
  readPixels(bytes, data, 8);
  return { data, width, height, channels: 4 };
}

/** Decodes as {@link decodePng}, to 16 bits a channel: for conversions of colours that would show steps at 8. */
export function decodeDeepPng(bytes: Uint8Array): DeepRaster {
  const { width, height } = pngShape(bytes);
  const data = new Uint16Array(width * height * 4);
  readPixels(bytes, data, 16);
  return { data, width, height };
}

function readPixels(bytes: Uint8Array, out: Uint8Array | Uint16Array, outBits: 8 | 16): void {
  const shape = pngShape(bytes);
  const chunks = { PLTE: undefined as Uint8Array | undefined, tRNS: undefined as Uint8Array | undefined };
  const packed: Uint8Array[] = [];
  for (const chunk of pngChunks(bytes)) {
    if (chunk.type === 'PLTE') chunks.PLTE ??= chunk.data;
    if (chunk.type === 'tRNS' && fitsTransparency(shape, chunk, chunks.PLTE)) chunks.tRNS ??= chunk.data;
    if (chunk.type !== 'IDAT') continue;
    if (!hasRightChecksum(chunk)) throw new RangeError('Damaged pixel data');
    packed.push(chunk.data);
  }
  const passes = passesOf(shape);
  const rows = inflate(
    packed,
    passes.reduce((sum, pass) => sum + pass.rows * (1 + pass.rowBytes), 0),
  );
  const write = pixelWriter(shape, chunks.PLTE, chunks.tRNS, out, outBits);
  let at = 0;
  for (const pass of passes) {
    const end = at + pass.rows * (1 + pass.rowBytes);
    unfilter(rows.subarray(at, end), pass.rowBytes, bytesPerPixel(shape));
    for (let row = 0; row < pass.rows; row++, at += 1 + pass.rowBytes) {
      const y = pass.top + row * pass.rowStep;
      write(rows, at + 1, pass.columns, y * shape.width + pass.left, pass.columnStep);
    }
  }
}

/** As libpng and browsers: another length than the colour type has, or a palette that comes later, means none. */
function fitsTransparency(
  { colourType, samples }: PngShape,
  { data }: PngChunk,
  palette?: Uint8Array,
): boolean {
  return colourType === PALETTE ? data.length * 3 <= (palette?.length ?? 0) : data.length === samples * 2;
}

function bytesPerPixel({ bits, samples }: PngShape): number {
  return Math.max(1, (bits * samples) >> 3);
}

/** Unpacks the rows of an image, with a bound. A wrong or missing checksum at the end is ignored, as libpng does. */
function inflate(packed: readonly Uint8Array[], size: number): Uint8Array {
  const data = Buffer.concat(packed);
  const options = { maxOutputLength: size + MAX_SURPLUS_BYTES };
  let rows: Uint8Array;
  try {
    rows = inflateSync(data, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(size);
    // Unpacks without the checksum; if the data ends before or in it, there is nothing to remove.
    const endsEarly = code === 'Z_BUF_ERROR';
    const cut = endsEarly ? data : data.subarray(0, Math.max(0, data.length - CHECKSUM_BYTES));
    rows = inflateSync(cut, { ...options, finishFlush: constants.Z_SYNC_FLUSH });
  }
  if (rows.length < size) throw new RangeError('Rows are missing');
  return rows;
}

function tooLarge(size: number): AppError {
  const message = `The pixel data of the image would decompress to more than ${size} bytes`;
  // Inflating stopped there, so the full size is unknown.
  return AppError.limit('inflatedBytes', size, size + 1, message);
}
