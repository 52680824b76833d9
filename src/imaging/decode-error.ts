import { AppError } from '../errors.js';
import type { ImageEngineName } from './engine-name.js';
import type { ImageFormat } from './image-format.js';

/**
 * Converts an error of a decoder to an AppError. The original message, which names files and functions, is the cause,
 * for the log.
 */
export function decodeError(engine: ImageEngineName, format: ImageFormat, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/alloc|out of memory/i.test(message)) {
    return new AppError('PROCESSING_FAILED', `${engine} ran out of memory`, {}, { cause });
  }
  const why = isCutShort(message) ? 'it is cut short' : 'it is damaged, cut short, or of a rare kind';
  return new AppError(
    'UNSUPPORTED_MEDIA',
    `${engine} cannot decode this ${format} file: ${why}`,
    {},
    { cause },
  );
}

/** True for messages of our decoders and libvips about missing data. */
function isCutShort(message: string): boolean {
  return /ends too early|are missing|too short|premature end|past the end/i.test(message);
}
