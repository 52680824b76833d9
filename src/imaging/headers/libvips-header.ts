import { AppError } from '../../errors.js';
import type { ImageHeader } from './image-header.js';

/** WebP and AVIF, whose containers are best left to libvips: it reads the header alone. */
export async function libvipsHeader(format: 'WEBP' | 'AVIF', bytes: Uint8Array): Promise<ImageHeader> {
  const { sharp } = await import('../engines/sharp-library.js');
  const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
  const { width, height, pages: frames = 1, orientation = 1 } = metadata;
  const isNamedFormat =
    format === 'WEBP'
      ? metadata.format === 'webp'
      : metadata.format === 'heif' && metadata.compression === 'av1';
  if (!isNamedFormat) throw new AppError('UNSUPPORTED_MEDIA', `Not a true ${format} file`);
  return { format, width, height, orientation, frames, pixels: width * height * frames };
}
