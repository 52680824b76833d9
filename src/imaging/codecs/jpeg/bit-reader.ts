import { nextMarker } from '../../headers/jpeg/jpeg-segments.js';
import { CODE_LOOKUP_BITS, type HuffmanTable } from './huffman.js';

/** Reads entropy-coded data, most significant bit first, up to the next marker; 0xFF 0x00 stands for 0xFF. */
export class BitReader {
  /** Offset of the next byte to load. */
  #at: number;
  #bits = 0;
  #count = 0;
  /** Number of zero bits loaded after the end of the data; using one of them means that data is missing. */
  #padding = 0;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
  ) {
    this.#at = start;
  }

  /** Returns the symbol of the next code. */
  symbol(table: HuffmanTable): number {
    if (this.#count < 16) this.#load();
    const entry = table.lookup[
      (this.#bits >>> (this.#count - CODE_LOOKUP_BITS)) & ((1 << CODE_LOOKUP_BITS) - 1)
    ] as number;
    if (entry !== 0) {
      this.#count -= entry >> 8;
      return entry & 255;
    }
    for (let length = CODE_LOOKUP_BITS + 1; length <= 16; length++) {
      const code = (this.#bits >>> (this.#count - length)) & ((1 << length) - 1);
      if (code > (table.maxCode[length] as number)) continue;
      this.#count -= length;
      return table.symbols[code + (table.offset[length] as number)] as number;
    }
    throw new RangeError('A Huffman code that is not in its table');
  }

  /** Returns an unsigned number of 1 to 16 bits. */
  receive(size: number): number {
    if (this.#count < size) this.#load();
    this.#count -= size;
    return (this.#bits >>> this.#count) & ((1 << size) - 1);
  }

  /** Skips 0 to 16 bits. */
  skip(size: number): void {
    if (this.#count < size) this.#load();
    this.#count -= size;
  }

  /** Returns a signed number of 0 to 16 bits (T.81, F.2.2.1). */
  receiveSigned(size: number): number {
    if (size === 0) return 0;
    const value = this.receive(size);
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  /** @throws RangeError if more bits were read than exist */
  checkEnough(): void {
    if (this.#count < this.#padding) throw new RangeError('The data of the image ends too early');
  }

  /**
   * Ends an interval, whose remaining bits must be padding.
   *
   * @returns offset of the next marker (undefined without one), number of unread whole bytes of data before it, and
   * whether all padding bits are ones, as T.81 requires
   */
  end(): { marker: number | undefined; surplusBytes: number; paddedByOnes: boolean } {
    this.checkEnough();
    const left = this.#count - this.#padding;
    const paddingBits = left & 7;
    const mask = (1 << paddingBits) - 1;
    const paddedByOnes = ((this.#bits >>> (this.#count - paddingBits)) & mask) === mask;
    const marker = nextMarker(this.bytes, this.#at);
    const from = this.#at - (left >> 3);
    const surplusBytes = endOfData(this.bytes, from, marker ?? this.bytes.length) - from;
    return { marker, surplusBytes, paddedByOnes };
  }

  /** Starts a new interval. */
  restart(at: number): void {
    this.#at = at;
    this.#bits = 0;
    this.#count = 0;
    this.#padding = 0;
  }

  #load(): void {
    const { bytes } = this;
    while (this.#count <= 24) {
      let byte = bytes[this.#at];
      if (byte === undefined || (byte === 0xff && bytes[this.#at + 1] !== 0)) {
        byte = 0;
        this.#padding += 8;
        // Otherwise damaged data would read zeros for the rest of the image.
        if (this.#padding > 64) this.checkEnough();
        if (this.#padding > 1024) throw new RangeError('The data of the image ends too early');
      } else {
        this.#at += byte === 0xff ? 2 : 1;
      }
      this.#bits = (this.#bits << 8) | byte;
      this.#count += 8;
    }
  }
}

/** Returns where data ends before a marker, which any number of bytes 0xFF may precede (T.81, B.1.1.2). */
function endOfData(bytes: Uint8Array, from: number, marker: number): number {
  let end = marker;
  while (end > from && bytes[end - 1] === 0xff) end--;
  return end;
}
