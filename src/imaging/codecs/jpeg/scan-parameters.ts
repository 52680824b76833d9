import type { JpegComponent } from './frame.js';
import type { HuffmanTable } from './huffman.js';

/** State of a component in one scan. */
export interface ScanComponent {
  component: JpegComponent;
  dc: HuffmanTable;
  ac: HuffmanTable;
  /** In row order, not in zigzag order. */
  quantisation: Uint16Array;
  /** DC coefficient of the previous block. */
  prediction: number;
}

export interface ScanParameters {
  components: ScanComponent[];
  /** The first and last coefficient of the scan, in zigzag order. */
  first: number;
  last: number;
  /** Successive approximation: bit shift of the previous scan (0: first scan), and of this one. */
  high: number;
  low: number;
}

export interface BlockDecoder {
  /** Resets the DC prediction, at the start of an interval. */
  reset(): void;
  decode(part: ScanComponent, block: number): void;
}
