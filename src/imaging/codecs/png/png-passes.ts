import type { PngShape } from '../../headers/png/png-chunks.js';

/** Rows of pixels that are stored together: the whole image, or one of the seven passes of an interlaced one. */
export interface PngPass {
  left: number;
  top: number;
  columnStep: number;
  rowStep: number;
  columns: number;
  rows: number;
  /** Without the byte of the filter. */
  rowBytes: number;
}

const WHOLE = [[0, 0, 1, 1]] as const;
/** First column, first row, column step and row step of Adam7's passes (PNG, section 8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Returns the passes that hold pixels, in the order of the file. */
export function passesOf({ width, height, bits, samples, interlaced }: PngShape): PngPass[] {
  const passes = (interlaced ? ADAM7 : WHOLE).map(([left, top, columnStep, rowStep]) => {
    const columns = Math.ceil((width - left) / columnStep);
    const rows = Math.ceil((height - top) / rowStep);
    const rowBytes = Math.ceil((columns * bits * samples) / 8);
    return { left, top, columnStep, rowStep, columns, rows, rowBytes };
  });
  return passes.filter(({ columns, rows }) => columns > 0 && rows > 0);
}
