import { AppError } from '../../errors.js';
import { JIMP_FORMATS, type JimpFormat } from '../codecs/jimp-formats.js';
import { IMAGE_FORMATS, type ImageFormat } from '../image-format.js';

const FORMATS: Partial<Record<ImageFormat, JimpFormat>> = JIMP_FORMATS;

/** The formats that JIMP reads and writes. */
export const JIMP_FORMAT_NAMES: readonly ImageFormat[] = IMAGE_FORMATS.filter((format) => FORMATS[format]);

/** The codec of a format. */
export function codecOf(format: ImageFormat): JimpFormat {
  const found = FORMATS[format];
  if (!found) throw new AppError('BAD_USER_INPUT', `JIMP cannot read or write ${format}`);
  return found;
}
