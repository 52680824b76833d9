import { AppError } from '../../errors.js';
import { IMAGE_FORMATS, type ImageFormat } from '../image-format.js';
import { bmpHeader } from './bmp-header.js';
import { gifHeader } from './gif-header.js';
import type { ImageHeader } from './image-header.js';
import { jpegHeader } from './jpeg/jpeg-header.js';
import { libvipsHeader } from './libvips-header.js';
import { pngHeader } from './png/png-header.js';
import { sniffFormat } from './sniff-format.js';
import { tiffHeader } from './tiff-header.js';
import { unreadFormat } from './unread-format.js';

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
 * Reads magic bytes, then the header; decodes no pixels and checks no limit.
 *
 * @throws AppError UNSUPPORTED_MEDIA for other formats and damaged headers
 */
export async function readHeader(bytes: Uint8Array): Promise<ImageHeader> {
  const format = sniffFormat(bytes);
  if (!format) throw new AppError('UNSUPPORTED_MEDIA', unknownMessage(bytes));
  const header = await parse(format, bytes);
  if (!(header.width > 0 && header.height > 0)) {
    throw new AppError('UNSUPPORTED_MEDIA', `The ${format} file has no pixels`);
  }
  return header;
}

function unknownMessage(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'The file is empty';
  return unreadFormat(bytes) ?? `The file is not an image; supported formats: ${IMAGE_FORMATS.join(', ')}`;
}

/** Any error of a parser is caused by the file: it is truncated or inconsistent. */
async function parse(format: ImageFormat, bytes: Uint8Array): Promise<ImageHeader> {
  try {
    return await PARSERS[format](bytes);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const isCut = cause instanceof RangeError;
    const message = `The ${format} file is ${isCut ? 'cut short or damaged' : 'damaged'}: its header cannot be read`;
    throw new AppError('UNSUPPORTED_MEDIA', message, {}, { cause });
  }
}
