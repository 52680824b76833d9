import { AppError } from '../../errors.js';
import { IMAGE_FORMATS, type ImageFormat } from '../image-format.js';
import { bmpHeader } from './bmp-header.js';
import { gifHeader } from './gif-header.js';
import type { ImageHeader } from './image-header.js';
import { jpegHeader } from './jpeg-header.js';
import { libvipsHeader } from './libvips-header.js';
import { pngHeader } from './png-header.js';
import { refusePolyglot } from './polyglot.js';
import { sniffFormat } from './sniff-format.js';
import { tiffHeader } from './tiff-header.js';

const PARSERS: Record<ImageFormat, (bytes: Uint8Array) => ImageHeader | Promise<ImageHeader>> = {
  JPEG: jpegHeader,
  PNG: pngHeader,
  WEBP: (bytes) => libvipsHeader('WEBP', bytes),
  AVIF: (bytes) => libvipsHeader('AVIF', bytes),
  GIF: gifHeader,
  TIFF: tiffHeader,
  BMP: bmpHeader,
};

/**
 * Magic bytes, then the header; nothing is decoded and no limit is judged.
 *
 * @throws AppError UNSUPPORTED_MEDIA for all that is not one of the known formats and nothing else
 */
export async function readHeader(bytes: Uint8Array): Promise<ImageHeader> {
  const format = sniffFormat(bytes);
  if (!format) {
    throw new AppError(
      'UNSUPPORTED_MEDIA',
      `The file is not an image in a known format (${IMAGE_FORMATS.join(', ')})`,
    );
  }
  refusePolyglot(bytes);
  const header = await parse(format, bytes);
  if (!(header.width > 0 && header.height > 0)) {
    throw new AppError('UNSUPPORTED_MEDIA', `The ${format} file has no pixels`);
  }
  return header;
}

/** Whatever a parser stumbles over is the file's fault: it ends too early or contradicts itself. */
async function parse(format: ImageFormat, bytes: Uint8Array): Promise<ImageHeader> {
  try {
    return await PARSERS[format](bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('UNSUPPORTED_MEDIA', `The header of the ${format} file is damaged`, {}, { cause });
  }
}
