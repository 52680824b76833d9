/** Codes of at most this many bits are found by one look-up. */
export const CODE_LOOKUP_BITS = 9;

/** A Huffman table prepared for decoding (T.81, annex C and F.2.2.3). */
export interface HuffmanTable {
  /** By the next {@link CODE_LOOKUP_BITS} bits: length << 8 | symbol, or 0 for a longer code. */
  lookup: Uint16Array;
  /** By length: the largest code, -1 if there is none. */
  maxCode: Int32Array;
  /** By length: offset from a code to the index of its symbol. */
  offset: Int32Array;
  symbols: Uint8Array;
}

/**
 * @param counts codes of each length from 1 to 16 bits
 * @throws RangeError if the lengths are not those of a prefix code
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const lookup = new Uint16Array(1 << CODE_LOOKUP_BITS);
  const maxCode = new Int32Array(17).fill(-1);
  const offset = new Int32Array(17);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] as number;
    if (code + count > 1 << length) throw new RangeError('A Huffman table with invalid code lengths');
    offset[length] = index - code;
    if (count > 0) maxCode[length] = code + count - 1;
    for (let i = 0; i < count && length <= CODE_LOOKUP_BITS; i++) {
      const spare = CODE_LOOKUP_BITS - length;
      const entry = (length << 8) | (symbols[index + i] as number);
      lookup.fill(entry, (code + i) << spare, (code + i + 1) << spare);
    }
    index += count;
    code = (code + count) << 1;
  }
  return { lookup, maxCode, offset, symbols };
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const DC_SYMBOLS = hex('000102030405060708090a0b');

/**
 * The tables of T.81, annex K.3, by class (0 DC, 1 AC) and number: frames of webcams (Motion JPEG) have no tables and
 * use these.
 */
export const STANDARD_TABLES: readonly (readonly HuffmanTable[])[] = [
  [
    huffmanTable(hex('00010501010101010100000000000000'), DC_SYMBOLS),
    huffmanTable(hex('00030101010101010101010000000000'), DC_SYMBOLS),
  ],
  [
    huffmanTable(
      hex('0002010303020403050504040000017d'),
      hex(
        '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a' +
          '434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa' +
          'b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
      ),
    ),
    huffmanTable(
      hex('00020102040403040705040400010277'),
      hex(
        '0001020311040521310612415107617113223281081442' +
          '91a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a' +
          '636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9ba' +
          'c2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
      ),
    ),
  ],
];
