import { ByteReader } from '../../headers/byte-reader.js';
import { hasName, type JpegSegment, MARKER } from '../../headers/jpeg/jpeg-segments.js';
import { ZIGZAG } from './blocks.js';
import type { JpegFrame } from './frame.js';
import { type HuffmanTable, huffmanTable, STANDARD_TABLES } from './huffman.js';
import type { ScanComponent, ScanParameters } from './scan-parameters.js';

/** Tables and parameters that the segments of a JPEG have defined so far. */
export class JpegTables {
  /** Units between restart markers; 0: none. */
  restartInterval = 0;
  hasJfif = false;
  /** Transform of Adobe's marker; undefined without one. */
  adobeTransform: number | undefined;
  readonly #quantisation: Uint16Array[] = [];
  /** By class (0 DC, 1 AC) and number. */
  readonly #huffman: HuffmanTable[][] = STANDARD_TABLES.map((tables) => [...tables]);

  /** Stores the definitions of a segment, if it has any. */
  read({ marker, data }: JpegSegment): void {
    if (marker === MARKER.DQT) this.#readQuantisation(data);
    else if (marker === MARKER.DHT) this.#readHuffman(data);
    else if (marker === MARKER.DRI) this.restartInterval = new ByteReader(data).u16(0);
    else if (marker === MARKER.APP0 && hasName(data, 'JFIF\0')) this.hasJfif = true;
    else if (marker === MARKER.APP14 && hasName(data, 'Adobe')) this.adobeTransform = data[11];
  }

  /** @throws RangeError where a table is missing */
  quantisation(number: number): Uint16Array {
    const table = this.#quantisation[number];
    if (!table) throw new RangeError('A quantisation table is missing');
    return table;
  }

  /** Reads the header of a scan (T.81, B.2.3). */
  scan(frame: JpegFrame, data: Uint8Array): ScanParameters {
    const reader = new ByteReader(data);
    const count = reader.u8(0);
    if (count < 1 || count > 4) throw new RangeError('Components of a scan');
    const free = new Set(frame.components);
    const components = Array.from({ length: count }, (_, i): ScanComponent => {
      // Some encoders give all components the same number: then the order counts.
      const component = [...free].find(({ id }) => id === reader.u8(1 + i * 2));
      if (!component) throw new RangeError('A scan with an unknown component');
      free.delete(component);
      const tables = reader.u8(2 + i * 2);
      const [dc, ac] = [this.#huffman[0]?.[tables >> 4], this.#huffman[1]?.[tables & 15]];
      const [anyDc, anyAc] = [dc ?? STANDARD_TABLES[0]?.[0], ac ?? STANDARD_TABLES[1]?.[0]];
      if (!anyDc || !anyAc) throw new RangeError('A Huffman table is missing');
      const quantisation = this.quantisation(component.quantTable);
      return { component, dc: anyDc, ac: anyAc, quantisation, prediction: 0 };
    });
    const at = 1 + count * 2;
    const approximation = reader.u8(at + 2);
    return {
      ...{ components, first: reader.u8(at), last: reader.u8(at + 1) },
      ...{ high: approximation >> 4, low: approximation & 15 },
    };
  }

  #readQuantisation(data: Uint8Array): void {
    const reader = new ByteReader(data);
    for (let at = 0; at < data.length; ) {
      const info = reader.u8(at);
      const wide = info >> 4 > 0;
      const table = new Uint16Array(64);
      for (let k = 0; k < 64; k++) {
        table[ZIGZAG[k] as number] = wide ? reader.u16(at + 1 + k * 2) : reader.u8(at + 1 + k);
      }
      this.#quantisation[info & 3] = table;
      at += 1 + (wide ? 128 : 64);
    }
  }

  #readHuffman(data: Uint8Array): void {
    const reader = new ByteReader(data);
    for (let at = 0; at < data.length; ) {
      const info = reader.u8(at);
      const counts = reader.slice(at + 1, 16);
      const symbols = reader.slice(
        at + 17,
        counts.reduce((sum, count) => sum + count, 0),
      );
      const tables = this.#huffman[info >> 4];
      if (!tables) throw new RangeError('A Huffman table with an unknown class');
      tables[info & 15] = huffmanTable(counts, symbols);
      at += 17 + symbols.length;
    }
  }
}
