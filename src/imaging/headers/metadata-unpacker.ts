import { AppError } from '../../errors.js';
import { boundedInflate } from './bounded-inflate.js';

/** Limit of the decompressed texts and colour profile of one file together; no real image needs more. */
const MAX_BYTES = 4 * 1024 * 1024;
/** What each counts at least, as beginning to unpack costs too, and a file has room for a million that are empty. */
const LEAST_BYTES = 4 * 1024;
/** How many times its packed size deflated data can unpack to at most (zlib's technical notes). */
const MAX_EXPANSION = 1_032;

/** Unpacks the packed texts and profiles of one file, bounded together. */
export class MetadataUnpacker {
  #left = MAX_BYTES;

  /**
   * Undefined where it is damaged: as with the decoders, damaged metadata does not make an image unreadable. How much
   * of it was unpacked nobody tells: it counts as the most it can be, but leaves half, and so twice the bound holds for all.
   *
   * @throws AppError LIMIT_EXCEEDED past the bound
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
  // Unpacking stopped there: how much it would have been is not known.
  return AppError.limit('inflatedBytes', MAX_BYTES, MAX_BYTES + 1, message);
}
