import { Readable } from 'node:stream';
import { bodyTooLarge } from './storage-errors.js';

/** Yields the pieces of a body and counts their bytes; throws PAYLOAD_TOO_LARGE at the first piece over `maxBytes`. */
export class CountedBody {
  byteSize = 0;
  readonly #body: Uint8Array | Readable;
  readonly #maxBytes: number;

  constructor(body: Uint8Array | Readable, maxBytes = Number.POSITIVE_INFINITY) {
    this.#body = body;
    this.#maxBytes = maxBytes;
    // The stream may fail before it is read; a later read still returns that error.
    if (body instanceof Readable) body.on('error', () => undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const pieces = this.#body instanceof Readable ? this.#body : [this.#body];
    for await (const piece of pieces) {
      const bytes: Uint8Array = typeof piece === 'string' ? Buffer.from(piece) : piece;
      this.byteSize += bytes.byteLength;
      if (this.byteSize > this.#maxBytes) throw bodyTooLarge(this.#maxBytes);
      yield bytes;
    }
  }

  /** Destroys a stream that will not be read to its end. */
  destroy(): void {
    if (this.#body instanceof Readable) this.#body.destroy();
  }
}
