/** A frame whose pixels are indices 0 to 3 of the palette. */
export interface GifFrameSpec {
  left?: number;
  top?: number;
  width: number;
  height: number;
  index(x: number, y: number): number;
  /** Bytes before the frame that belong to no block. */
  before?: readonly number[];
  transparent?: number;
  disposal?: number;
  delay?: number;
  interlaced?: boolean;
}

/** Red, blue, green, yellow. */
export const GIF_PALETTE = [
  [255, 0, 0],
  [0, 0, 255],
  [0, 255, 0],
  [255, 255, 0],
] as const;

const CODE_SIZE = 2;
const CLEAR = 4;
const END = 5;

export interface GifSpec {
  width: number;
  height: number;
  frames: readonly GifFrameSpec[];
  /** The end of the file: the trailer alone. */
  end?: readonly number[];
}

/** Writes a GIF of four colours, with codes of one width: the table is cleared before it grows. */
export function gifFile({ width, height, frames, end = [0x3b] }: GifSpec): Buffer {
  const screen = [...Buffer.from('GIF89a'), ...u16(width), ...u16(height), 0xf1, 0, 0, ...GIF_PALETTE.flat()];
  return Buffer.from([...screen, ...frames.flatMap(frameBlocks), ...end]);
}

function frameBlocks(frame: GifFrameSpec): number[] {
  const { left = 0, top = 0, width, height, before = [], transparent, disposal = 0, delay = 10 } = frame;
  const flags = (disposal << 2) | (transparent === undefined ? 0 : 1);
  const control = [0x21, 0xf9, 4, flags, ...u16(delay), transparent ?? 0, 0];
  const place = [...u16(left), ...u16(top), ...u16(width), ...u16(height), frame.interlaced ? 0x40 : 0];
  const rows = frame.interlaced ? interlaced(height) : Array.from({ length: height }, (_, y) => y);
  const indices = rows.flatMap((y) => Array.from({ length: width }, (_, x) => frame.index(x, y)));
  return [...before, ...control, 0x2c, ...place, CODE_SIZE, ...blocks(packed(indices)), 0];
}

function interlaced(height: number): number[] {
  return [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ].flatMap(([first = 0, step = 1]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, i) => first + i * step),
  );
}

/** Codes of three bits, cleared after every second one so that none has to be wider. */
function packed(indices: readonly number[]): number[] {
  const codes = indices.flatMap((index, i) => (i % 2 === 0 ? [CLEAR, index] : [index])).concat(END);
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const code of codes) {
    held |= code << bits;
    for (bits += CODE_SIZE + 1; bits >= 8; bits -= 8) {
      bytes.push(held & 255);
      held >>= 8;
    }
  }
  return bits > 0 ? [...bytes, held] : bytes;
}

function blocks(bytes: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i += 255) {
    const block = bytes.slice(i, i + 255);
    out.push(block.length, ...block);
  }
  return out;
}

function u16(value: number): number[] {
  return [value & 255, value >> 8];
}
