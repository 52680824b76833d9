import { AppError } from '../errors.js';
import type { ImageInfo } from './image-engine.js';
import type { ImagingLimits } from './limits.js';
import { IMAGE_FORMATS } from './operation.js';

/** Type, size and frames of a picture, from its content; nothing is decoded. */
export async function inspectImage(bytes: Uint8Array, limits: ImagingLimits): Promise<ImageInfo> {
  const { default: sharp } = await import('sharp');
  const header = await sharp(bytes).metadata();
  const name = header.format === 'heif' ? 'AVIF' : header.format.toUpperCase();
  const format = IMAGE_FORMATS.find((candidate) => candidate === name);
  if (!format) throw new AppError('UNSUPPORTED_MEDIA', 'Not a picture in a known format');
  const { width, height } = header.autoOrient;
  const frames = header.pages ?? 1;
  const pixels = width * height * frames;
  if (pixels > limits.maxPixels) {
    throw AppError.limit('maxPixels', limits.maxPixels, pixels, `The picture has ${pixels} pixels`);
  }
  return { format, width, height, frames };
}
