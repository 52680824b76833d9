import { AppError } from '../../../errors.js';
import { ByteReader } from '../../headers/byte-reader.js';
import { MARKER } from '../../headers/jpeg/jpeg-segments.js';

/** One channel of a JPEG. */
export interface JpegComponent {
  id: number;
  /** Sampling factors, 1 to 4. */
  horizontal: number;
  vertical: number;
  quantTable: number;
  /** Blocks that hold samples of the image. */
  blocksAcross: number;
  blocksDown: number;
  /** Blocks in a row of `samples` and `coefficients`, padded to whole units of an interleaved scan. */
  blocksPerRow: number;
  /** Samples of all blocks, 0 to 255, `blocksPerRow * 8` in a row. */
  samples: Uint8Array;
  /** Coefficients of all blocks in zigzag order; only of a progressive JPEG. */
  coefficients: Int16Array | undefined;
  hasData: boolean;
}

export interface JpegFrame {
  progressive: boolean;
  width: number;
  height: number;
  components: JpegComponent[];
  maxHorizontal: number;
  maxVertical: number;
  /** Units of an interleaved scan: one holds every component's blocks of the same area. */
  unitsAcross: number;
  unitsDown: number;
}

const CHANNELS = [1, 3, 4];
/** More than any encoder uses; limited because each block of each scan costs time. */
const MAX_FACTOR = 4;

/** Reads a frame header (T.81, B.2.2) and allocates what its pixels need. */
export function readFrame(marker: number, data: Uint8Array): JpegFrame {
  if (marker > MARKER.SOF2) throw kind('lossless, hierarchical or arithmetic coding');
  const reader = new ByteReader(data);
  if (reader.u8(0) !== 8) throw kind(`${reader.u8(0)} bits a sample`);
  const [height, width, count] = [reader.u16(1), reader.u16(3), reader.u8(5)];
  if (!CHANNELS.includes(count)) throw kind(`${count} channels`);
  if (width === 0 || height === 0) throw new RangeError('No size');
  const progressive = marker === MARKER.SOF2;
  const factors = Array.from({ length: count }, (_, i) => reader.u8(7 + i * 3));
  const maxHorizontal = Math.max(...factors.map((both) => both >> 4));
  const maxVertical = Math.max(...factors.map((both) => both & 15));
  if (factors.some((both) => !isFactor(both >> 4) || !isFactor(both & 15))) throw new RangeError('Sampling');
  const unitsAcross = Math.ceil(width / (8 * maxHorizontal));
  const unitsDown = Math.ceil(height / (8 * maxVertical));
  const components = factors.map((both, i): JpegComponent => {
    const [horizontal, vertical] = [both >> 4, both & 15];
    const blocksPerRow = unitsAcross * horizontal;
    const blocks = blocksPerRow * unitsDown * vertical;
    return {
      ...{ id: reader.u8(6 + i * 3), horizontal, vertical, quantTable: reader.u8(8 + i * 3) & 3 },
      blocksAcross: Math.ceil(Math.ceil((width * horizontal) / maxHorizontal) / 8),
      blocksDown: Math.ceil(Math.ceil((height * vertical) / maxVertical) / 8),
      ...{ blocksPerRow, samples: new Uint8Array(blocks * 64), hasData: false },
      coefficients: progressive ? new Int16Array(blocks * 64) : undefined,
    };
  });
  return { progressive, width, height, components, maxHorizontal, maxVertical, unitsAcross, unitsDown };
}

function isFactor(value: number): boolean {
  return value >= 1 && value <= MAX_FACTOR;
}

function kind(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `JIMP cannot decode a JPEG file with ${what}; SHARP may`);
}
