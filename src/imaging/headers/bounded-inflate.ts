import { inflateSync } from 'node:zlib';
import { AppError } from '../../errors.js';

/**
 * Inflates zlib data that may be a bomb.
 *
 * @param maxBytes how large the result may be
 * @throws AppError LIMIT_EXCEEDED past that, UNSUPPORTED_MEDIA for damaged data
 */
export function boundedInflate(data: Uint8Array, maxBytes: number, what: string): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const message = `${what} of the image would decompress to more than ${maxBytes} bytes`;
      // Unpacking stopped there: how much it would have been is not known.
      throw AppError.limit('inflatedBytes', maxBytes, maxBytes + 1, message);
    }
    throw new AppError('UNSUPPORTED_MEDIA', `${what} of the image is damaged`, {}, { cause: error });
  }
}
