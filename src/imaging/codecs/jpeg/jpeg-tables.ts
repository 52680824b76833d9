/** Tables of ITU-T T.81 (the JPEG standard): its Annex K for quantization and Huffman codes, its figure A.6 for the order. */

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

/** Quantization of brightness (table K.1) and of colour (K.2), row by row, at quality 50. */
export const QUANTIZATION = {
  luma: bytes(
    '100b0a101828333d0c0c0e131a3a3c370e0d1018283945380e11161d3357503e12162538446d674d182337405168715c31404e5767797865485c5f6270646763',
  ),
  chroma: bytes(
    '1112182f6363636312151a4263636363181a3863636363632f426363636363636363636363636363636363636363636363636363636363636363636363636363',
  ),
} as const;

/** Huffman codes: number of codes of each length from 1 to 16, and their symbols in order (K.3 to K.6). */
export interface HuffmanTable {
  counts: Uint8Array;
  symbols: Uint8Array;
}

const DC_SYMBOLS = bytes('000102030405060708090a0b');

export const HUFFMAN = {
  luma: {
    dc: { counts: bytes('00010501010101010100000000000000'), symbols: DC_SYMBOLS },
    ac: {
      counts: bytes('0002010303020403050504040000017d'),
      symbols: bytes(
        '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
      ),
    },
  },
  chroma: {
    dc: { counts: bytes('00030101010101010101010000000000'), symbols: DC_SYMBOLS },
    ac: {
      counts: bytes('00020102040403040705040400010277'),
      symbols: bytes(
        '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
      ),
    },
  },
} as const;

/** Position of each coefficient in the file (zigzag order), row by row. */
export const ZIGZAG = bytes(
  '000105060e0f1b1c0204070d101a1d2a03080c11191e292b090b12181f282c350a131720272d3436141621262e33373c1522252f32383b3d23243031393a3e3f',
);

/** A quantization table for a quality from 1 to 100, as libjpeg scales it. */
export function scaledQuantization(table: Uint8Array, quality: number): Uint8Array {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  return table.map((value) => Math.min(255, Math.max(1, Math.floor((value * percent + 50) / 100))));
}
