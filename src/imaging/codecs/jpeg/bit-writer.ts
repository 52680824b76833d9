/** Collects the bytes of a JPEG file; grows as needed. */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  #bits = 0;
  #count = 0;

  /** @param expected bytes to begin with */
  constructor(expected: number) {
    this.#bytes = new Uint8Array(Math.max(1024, expected));
  }

  /** Appends the lowest `count` bits of a value, at most 16; a byte 0xFF is followed by a zero byte. */
  write(value: number, count: number): void {
    this.#bits = (this.#bits << count) | (value & ((1 << count) - 1));
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      const byte = (this.#bits >> this.#count) & 255;
      this.#push(byte);
      if (byte === 255) this.#push(0);
    }
    this.#bits &= (1 << this.#count) - 1;
  }

  /** Appends whole bytes; pads the preceding bits with ones. */
  append(...bytes: (number | Uint8Array)[]): void {
    if (this.#count > 0) this.write(0x7f, 8 - this.#count);
    for (const part of bytes) {
      if (typeof part === 'number') this.#push(part);
      else for (const byte of part) this.#push(byte);
    }
  }

  end(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.#length);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    this.#bytes[this.#length++] = byte;
  }
}
