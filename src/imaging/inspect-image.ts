import { AppError } from '../errors.js';
import type { ImageInfo } from './engine-info.js';
import type { ImageHeader } from './headers/image-header.js';
import { readHeader } from './headers/read-header.js';
import type { ImagingLimits } from './limits.js';

/**
 * Format, size and frames of an image, from its content alone and before anything is decoded.
 *
 * @throws AppError UNSUPPORTED_MEDIA for what is not an image, is one and something else as well, or has a
 * damaged header; LIMIT_EXCEEDED for more pixels (of all frames together) than `limits.maxPixels`
 */
export async function inspectImage(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageInfo> {
  return shown(await checkedHeader(bytes, limits));
}

/** As {@link inspectImage}, with what the engines need besides. */
export async function checkedHeader(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageHeader> {
  const header = await readHeader(bytes);
  const { pixels, frames, width, height } = header;
  if (pixels > limits.maxPixels) {
    const times = frames > 1 ? ` in ${frames} frames` : '';
    const message = `The image is ${width}x${height} pixels${times}; at most ${limits.maxPixels} pixels are allowed`;
    throw AppError.limit('maxPixels', limits.maxPixels, pixels, message);
  }
  return header;
}

/** As shown: orientations 5 to 8 swap the sides. */
export function shown({ format, width, height, frames, orientation }: ImageHeader): ImageInfo {
  return orientation < 5
    ? { format, width, height, frames }
    : { format, width: height, height: width, frames };
}
