import { AppError } from '../errors.js';
import { checkJpegScans, decodeJpeg } from './codecs/jpeg/jpeg-decoder.js';
import type { ImageInfo } from './engine-info.js';
import type { ImageHeader } from './headers/image-header.js';
import { refusePolyglot } from './headers/polyglot.js';
import { readHeader } from './headers/read-header.js';
import type { ImagingLimits } from './limits.js';

/**
 * Reads format, size and frames of an image, from its content alone, and reads a JPEG's data to its end. Decodes nothing
 * but a JPEG without its end mark.
 *
 * @throws AppError UNSUPPORTED_MEDIA for files that are not images, polyglots, and damaged headers; LIMIT_EXCEEDED
 * for more pixels in a frame than `limits.maxPixels`, or more frames than `limits.maxFrames`
 */
export async function inspectImage(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageInfo> {
  const header = await checkedHeader(bytes, limits);
  refusePolyglot(bytes);
  if (header.lacksEnd) checkComplete(bytes);
  else if (header.format === 'JPEG') checkUndamaged(bytes);
  return shown(header);
}

function checkUndamaged(bytes: Uint8Array): void {
  try {
    checkJpegScans(bytes);
  } catch (cause) {
    // A kind that is decoded by SHARP alone.
    if (cause instanceof AppError) return;
    throw new AppError('UNSUPPORTED_MEDIA', 'The JPEG file is damaged or cut short', {}, { cause });
  }
}

/** Only decoding shows whether a JPEG without an end mark is complete, as those of some cameras are. */
function checkComplete(bytes: Uint8Array): void {
  try {
    decodeJpeg(bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = 'The JPEG file is cut short: its end mark and pixels are missing';
    throw new AppError('UNSUPPORTED_MEDIA', message, {}, { cause });
  }
}

/**
 * Reads and limits the header only, for images that {@link inspectImage} has accepted: what else a file may be matters
 * where it is stored and served.
 */
export async function checkedHeader(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageHeader> {
  const header = await readHeader(bytes);
  const { pixels, frames, width, height } = header;
  const { maxPixels, maxFrames } = limits;
  if (pixels > maxPixels) {
    const message = `The image is ${width}x${height} pixels; at most ${maxPixels} pixels are allowed`;
    throw AppError.limit('maxPixels', maxPixels, pixels, message);
  }
  if (frames > maxFrames) {
    const message = `The image has ${frames} frames or pages; at most ${maxFrames} are allowed`;
    throw AppError.limit('maxFrames', maxFrames, frames, message);
  }
  return header;
}

/** Returns the displayed size: orientations 5 to 8 swap the sides. */
export function shown({ format, width, height, frames, orientation }: ImageHeader): ImageInfo {
  return orientation < 5
    ? { format, width, height, frames }
    : { format, width: height, height: width, frames };
}
