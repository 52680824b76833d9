import { AppError } from '../../errors.js';
import { boundedInflate } from './bounded-inflate.js';

/** Limit of the decompressed texts and colour profile of one file together; no real image needs more. */
const MAX_BYTES = 4 * 1024 * 1024;
/**
 * Minimum size that each counts as, because starting to inflate costs time and a file can contain a million empty
 * ones.
 */
const LEAST_BYTES = 4 * 1024;
/** Maximum compression ratio of deflate (zlib's technical notes). */
const MAX_EXPANSION = 1_032;

/** Inflates the compressed texts and profiles of one file, with a common limit. */
export class MetadataUnpacker {
  #left = MAX_BYTES;

  /**
   * Returns undefined for damaged data, which does not make an image unreadable. The inflated size of damaged data is
   * unknown; it counts as the maximum, but at most half of the remaining limit, so the total is at most twice the
   * limit.
   *
   * @throws AppError LIMIT_EXCEEDED beyond the limit
   */
  unpack(packed: Uint8Array): Uint8Array | undefined {
    if (this.#left <= 0) throw tooMuch();
    try {
      const unpacked = boundedInflate(packed, this.#left, 'Metadata');
      this.#spend(unpacked.length);
      return unpacked;
    } catch (error) {
      if (error instanceof AppError && error.code === 'LIMIT_EXCEEDED') throw tooMuch();
      this.#spend(Math.min(packed.length * MAX_EXPANSION, Math.ceil(this.#left / 2)));
      return undefined;
    }
  }

  #spend(bytes: number): void {
    this.#left -= Math.max(bytes, LEAST_BYTES);
  }
}

function tooMuch(): AppError {
  const message = `Texts and colour profile of the image would decompress to more than ${MAX_BYTES} bytes together`;
  // Inflating stopped there, so the full size is unknown.
  return AppError.limit('inflatedBytes', MAX_BYTES, MAX_BYTES + 1, message);
}
