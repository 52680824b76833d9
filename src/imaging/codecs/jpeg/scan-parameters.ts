import type { JpegComponent } from './frame.js';
import type { HuffmanTable } from './huffman.js';

/** A component as one scan reads it. */
export interface ScanComponent {
  component: JpegComponent;
  dc: HuffmanTable;
  ac: HuffmanTable;
  /** In rows, not in zigzag order. */
  quantisation: Uint16Array;
  /** The DC coefficient of the block before. */
  prediction: number;
}

export interface ScanParameters {
  components: ScanComponent[];
  /** The first and last coefficient of the scan, in zigzag order. */
  first: number;
  last: number;
  /** Bits by which coefficients were shifted in the scan before (0: none came before), and are in this. */
  high: number;
  low: number;
}

export interface BlockDecoder {
  /** Forgets the blocks before; at the start of an interval. */
  reset(): void;
  decode(part: ScanComponent, block: number): void;
}
