import { AppError } from '../errors.js';
import type { ImageFormat } from './image-format.js';
import type { ImageEngineName } from './operation.js';

/**
 * The error of a decoder as a typed one. Its own message stays inside, as the cause: it names files and functions.
 */
export function decodeError(engine: ImageEngineName, format: ImageFormat, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/alloc|out of memory/i.test(message)) {
    return new AppError('PROCESSING_FAILED', `${engine} ran out of memory`, {}, { cause });
  }
  const why = 'it is damaged, cut short, or of a rare kind';
  return new AppError(
    'UNSUPPORTED_MEDIA',
    `${engine} cannot decode this ${format} file: ${why}`,
    {},
    { cause },
  );
}
