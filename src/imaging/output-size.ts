import { AppError } from '../errors.js';
import type { ImagingLimits } from './limits.js';
import type { ImageFormat, Operation, ResizeParams } from './operation.js';

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Enlarges or shrinks to `scaled`, then cuts `result` out of its middle; only COVER cuts. */
export interface ResizePlan {
  scaled: Size;
  result: Size;
}

/** The longest side of any picture on the way, in pixels. */
export const MAX_SIDE = 65_535;

/** The longest side that a format can store, where that is less. */
const MAX_SIDES: Partial<Record<ImageFormat, number>> = { JPEG: 65_500, WEBP: 16_383, AVIF: 16_384 };

/**
 * How a picture is resized. A side left out follows from the aspect ratio. FILL gives exactly the size asked
 * for; CONTAIN the largest whole picture that fits into it, without bars; COVER fills it and cuts off evenly what
 * sticks out.
 */
export function resizePlan(from: Size, { width, height, fit }: ResizeParams): ResizePlan {
  const byWidth = (width ?? 0) / from.width;
  const byHeight = (height ?? 0) / from.height;
  const box = {
    width: width ?? rounded(from.width * byHeight),
    height: height ?? rounded(from.height * byWidth),
  };
  if (fit === 'FILL' || width === undefined || height === undefined) return { scaled: box, result: box };
  const factor = fit === 'CONTAIN' ? Math.min(byWidth, byHeight) : Math.max(byWidth, byHeight);
  const scaled = { width: rounded(from.width * factor), height: rounded(from.height * factor) };
  return { scaled, result: fit === 'CONTAIN' ? scaled : box };
}

/** The canvas that holds the whole picture turned by `degrees`. */
export function rotatedSize({ width, height }: Size, degrees: number): Size {
  const quarters = quarterTurns(degrees);
  if (quarters !== undefined)
    return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.abs(Math.cos(angle));
  const sin = Math.abs(Math.sin(angle));
  return { width: rounded(width * cos + height * sin), height: rounded(width * sin + height * cos) };
}

/** 0 to 3 for a multiple of 90 degrees, in which no pixel has to be made up; otherwise undefined. */
export function quarterTurns(degrees: number): number | undefined {
  return degrees % 90 === 0 ? (((degrees / 90) % 4) + 4) % 4 : undefined;
}

/** The size after an operation. */
export function sizeAfter(size: Size, operation: Operation): Size {
  switch (operation.kind) {
    case 'RESIZE':
      return resizePlan(size, operation.params).result;
    case 'ROTATE':
      return rotatedSize(size, operation.params.degrees);
    default:
      return size;
  }
}

/**
 * Follows the size of a picture through a chain, before any work is done.
 *
 * @param format what the result will be written as
 * @returns the size of the result
 * @throws AppError LIMIT_EXCEEDED, naming the first step that makes too many pixels, on the way or as its result
 */
export function checkOutputSizes(
  source: Size,
  operations: readonly Operation[],
  format: ImageFormat,
  limits: ImagingLimits,
): Size {
  let size = source;
  for (const [i, operation] of operations.entries()) {
    const path = `operations[${i}].${operation.kind.toLowerCase()}`;
    if (operation.kind === 'RESIZE') checkSize(resizePlan(size, operation.params).scaled, path, limits);
    size = sizeAfter(size, operation);
    checkSize(size, path, limits);
  }
  checkSide(size, `A picture of ${size.width}x${size.height} as ${format}`, MAX_SIDES[format] ?? MAX_SIDE);
  return size;
}

function checkSize(size: Size, path: string, { maxPixels }: ImagingLimits): void {
  const { width, height } = size;
  const picture = `${path} would make a picture of ${width}x${height}`;
  checkSide(size, picture, MAX_SIDE);
  if (width * height > maxPixels) {
    const message = `${picture}; at most ${maxPixels} pixels are allowed`;
    throw AppError.limit('maxPixels', maxPixels, width * height, message);
  }
}

function checkSide({ width, height }: Size, what: string, maxSide: number): void {
  const longest = Math.max(width, height);
  if (longest > maxSide) {
    throw AppError.limit('maxSide', maxSide, longest, `${what}: a side has at most ${maxSide} pixels`);
  }
}

function rounded(pixels: number): number {
  return Math.max(1, Math.round(pixels));
}
