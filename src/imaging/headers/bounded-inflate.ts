import { inflateSync } from 'node:zlib';
import { AppError } from '../../errors.js';

/**
 * Inflates zlib data with a limit on the result.
 *
 * @param maxBytes maximum size of the result
 * @throws AppError LIMIT_EXCEEDED beyond it, UNSUPPORTED_MEDIA for damaged data
 */
export function boundedInflate(data: Uint8Array, maxBytes: number, what: string): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `${what} of the image would decompress to more than ${maxBytes} bytes`;
      // Inflating stopped there, so the full size is unknown.
      throw AppError.limit('inflatedBytes', maxBytes, maxBytes + 1, message);
    }
    throw new AppError('UNSUPPORTED_MEDIA', `${what} of the image is damaged`, {}, { cause: error });
  }
}
