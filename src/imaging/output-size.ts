import { AppError } from '../errors.js';
import type { Size } from './geometry.js';
import { FORMATS, type ImageFormat, MAX_SIDE } from './image-format.js';
import type { ImagingLimits } from './limits.js';
import { type Operation, operationPath, specOf } from './operation.js';

/**
 * Computes the size of an image after each step of a pipeline, before any work.
 *
 * @param format format of the result
 * @param frames of an animation that is kept; 1 for a still image
 * @returns the size of the result; after a TRIM the largest that it can have
 * @throws AppError LIMIT_EXCEEDED that names the first step with too many pixels, intermediate or as its result;
 * BAD_USER_INPUT for a step that does not fit its input
 */
export function checkOutputSizes(
  source: Size,
  operations: readonly Operation[],
  format: ImageFormat,
  limits: ImagingLimits,
  frames = 1,
): Size {
  let size = source;
  for (const [index, operation] of operations.entries())
    size = checkedSizeAfter(size, operation, operationPath(index, operation.kind), limits, frames);
  checkResultSize(size, format);
  return size;
}

/**
 * Returns the size after one operation; checks it and its intermediate image.
 *
 * @param path of the operation in the request
 * @throws AppError as {@link checkOutputSizes}
 */
export function checkedSizeAfter(
  size: Size,
  operation: Operation,
  path: string,
  limits: ImagingLimits,
  frames: number,
): Size {
  const { geometry } = specOf(operation);
  if (!geometry) return size;
  const within = geometry.sizeWithin?.(size, operation.params);
  if (within) checkSize(within, path, limits, frames);
  const after = geometry.sizeAfter(size, operation.params, path);
  checkSize(after, path, limits, frames);
  return after;
}

/**
 * Returns the maximum number of pixels in a pipeline, of the source or any step. Steps from the first invalid one on
 * are ignored, because they never run.
 */
export function mostPixels(source: Size, operations: readonly Operation[]): number {
  let size = source;
  let most = pixelsOf(source);
  try {
    for (const [index, operation] of operations.entries()) {
      const { geometry } = specOf(operation);
      if (!geometry) continue;
      const within = geometry.sizeWithin?.(size, operation.params);
      size = geometry.sizeAfter(size, operation.params, operationPath(index, operation.kind));
      most = Math.max(most, pixelsOf(size), within ? pixelsOf(within) : 0);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return most;
}

function pixelsOf({ width, height }: Size): number {
  return width * height;
}

/** Throws LIMIT_EXCEEDED if a format cannot store an image of that size. */
export function checkResultSize(size: Size, format: ImageFormat): void {
  checkSide(size, `An image of ${size.width}x${size.height} as ${format}`, FORMATS[format].maxSide);
}

/** Throws LIMIT_EXCEEDED for an animation with more pixels in all its frames than are kept. */
export function checkAnimation(
  { width, height }: Size,
  frames: number,
  what: string,
  limits: ImagingLimits,
): void {
  const { maxAnimationPixels } = limits;
  const asked = width * height * frames;
  if (frames === 1 || asked <= maxAnimationPixels) return;
  const message = `${what} of ${width}x${height} in ${frames} frames; at most ${maxAnimationPixels} pixels in all frames are allowed`;
  throw AppError.limit('maxAnimationPixels', maxAnimationPixels, asked, message);
}

function checkSize(size: Size, path: string, limits: ImagingLimits, frames: number): void {
  const { maxPixels } = limits;
  const { width, height } = size;
  const image = `${path} would make an image of ${width}x${height}`;
  checkSide(size, image, MAX_SIDE);
  checkAnimation(size, frames, `${path} would make an animation`, limits);
  if (width * height > maxPixels) {
    const message = `${image}; at most ${maxPixels} pixels are allowed`;
    throw AppError.limit('maxPixels', maxPixels, width * height, message);
  }
}

function checkSide({ width, height }: Size, what: string, maxSide: number): void {
  const longest = Math.max(width, height);
  if (longest > maxSide) {
    throw AppError.limit('maxSide', maxSide, longest, `${what}: a side has at most ${maxSide} pixels`);
  }
}
