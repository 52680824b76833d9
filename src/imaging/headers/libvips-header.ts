import { AppError } from '../../errors.js';
import { checkCicp } from '../colour/cicp.js';
import { avifColour, endsInBox } from './avif-colour.js';
import { ByteReader } from './byte-reader.js';
import { validOrientation } from './exif-orientation.js';
import type { ImageHeader } from './image-header.js';

/** Reads the header of WebP and AVIF by libvips, which reads only the header. */
export async function libvipsHeader(format: 'WEBP' | 'AVIF', bytes: Uint8Array): Promise<ImageHeader> {
  if (isCutShort[format](bytes)) throw new AppError('UNSUPPORTED_MEDIA', `The ${format} file is cut short`);
  const { sharp } = await import('../engines/sharp/sharp-library.js');
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause) => {
      throw isSequence(bytes) ? animatedAvif(cause) : cause;
    });
  const { width, height, pages: frames = 1, hasProfile } = metadata;
  const isNamedFormat =
    format === 'WEBP'
      ? metadata.format === 'webp'
      : metadata.format === 'heif' && metadata.compression === 'av1';
  if (!isNamedFormat) throw new AppError('UNSUPPORTED_MEDIA', `Not a true ${format} file`);
  const orientation = validOrientation(metadata.orientation);
  const header: ImageHeader = {
    ...{ format, width, height, orientation, frames, pixels: width * height },
    ...{ space: 'RGB', bits: metadata.bitsPerSample ?? 8 },
  };
  const colour = format === 'AVIF' && !hasProfile ? avifColour(bytes) : undefined;
  if (!colour) return header;
  checkCicp(colour);
  return { ...header, colour };
}

/** True if a part of a file ends after the file. */
const isCutShort: Record<'WEBP' | 'AVIF', (bytes: Uint8Array) => boolean> = {
  // RIFF: the number of bytes after this number.
  WEBP: (bytes) => new ByteReader(bytes, true).u32(4) + 8 > bytes.length,
  AVIF: endsInBox,
};

/** True for an AVIF whose major brand is an image sequence. */
function isSequence(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 12)) === 'ftypavis';
}

function animatedAvif(cause: unknown): AppError {
  const message = 'Animated AVIF files are not supported; export them as animated WEBP or GIF';
  return new AppError('UNSUPPORTED_MEDIA', message, {}, { cause });
}
