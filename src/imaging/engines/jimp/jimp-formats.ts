import { AppError } from '../../../errors.js';
import { JIMP_FORMATS, type JimpFormat } from '../../codecs/jimp-formats.js';
import type { ImageFormat } from '../../image-format.js';

const FORMATS: Partial<Record<ImageFormat, JimpFormat>> = JIMP_FORMATS;

/** The codec of a format. */
export function codecOf(format: ImageFormat): JimpFormat {
  const found = FORMATS[format];
  if (!found) throw new AppError('BAD_USER_INPUT', `JIMP cannot read or write ${format}`);
  return found;
}
