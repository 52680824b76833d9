import type { PngShape } from '../../headers/png/png-chunks.js';

/** Writes the pixels of a row, `step` apart, from pixel `first` of the image on. */
type RowWriter = (rows: Uint8Array, at: number, columns: number, first: number, step: number) => void;

const PALETTE = 3;

/**
 * Returns a function that converts stored rows to RGBA with 8 or 16 bits a channel.
 *
 * @param transparency tRNS: alpha values of a palette, or the transparent colour
 */
export function pixelWriter(
  shape: PngShape,
  palette: Uint8Array | undefined,
  transparency: Uint8Array | undefined,
  out: Uint8Array | Uint16Array,
  outBits: 8 | 16,
): RowWriter {
  if (shape.colourType === PALETTE) {
    if (!palette) throw new RangeError('No palette');
    return paletteWriter(shape, palette, transparency, out, outBits === 16 ? 257 : 1);
  }
  return sampleWriter(shape, transparency, out, outBits);
}

/** An index outside the palette is opaque black. */
function paletteWriter(
  shape: PngShape,
  palette: Uint8Array,
  alphas: Uint8Array | undefined,
  out: Uint8Array | Uint16Array,
  scale: number,
): RowWriter {
  const read = sampleReader(shape.bits);
  return (rows, at, columns, first, step) => {
    for (let x = 0, o = first * 4; x < columns; x++, o += step * 4) {
      const index = read(rows, at, x);
      for (let c = 0; c < 3; c++) out[o + c] = (palette[index * 3 + c] ?? 0) * scale;
      out[o + 3] = (alphas?.[index] ?? 255) * scale;
    }
  };
}

function sampleWriter(
  { bits, samples }: PngShape,
  transparency: Uint8Array | undefined,
  out: Uint8Array | Uint16Array,
  outBits: 8 | 16,
): RowWriter {
  const read = sampleReader(bits);
  const scaled = scaler(bits, outBits);
  const colours = samples < 3 ? 1 : 3;
  const full = 2 ** outBits - 1;
  const clear = samples === colours ? clearColour(transparency, colours) : undefined;
  return (rows, at, columns, first, step) => {
    for (let x = 0, o = first * 4; x < columns; x++, o += step * 4) {
      const from = x * samples;
      const red = read(rows, at, from);
      const green = colours === 1 ? red : read(rows, at, from + 1);
      const blue = colours === 1 ? red : read(rows, at, from + 2);
      out[o] = scaled(red);
      out[o + 1] = scaled(green);
      out[o + 2] = scaled(blue);
      if (samples > colours) out[o + 3] = scaled(read(rows, at, from + colours));
      else out[o + 3] = clear?.[0] === red && clear[1] === green && clear[2] === blue ? 0 : full;
    }
  };
}

function clearColour(transparency: Uint8Array | undefined, colours: number): number[] | undefined {
  if (!transparency || transparency.length < colours * 2) return undefined;
  const at = (i: number) => ((transparency[i * 2] as number) << 8) | (transparency[i * 2 + 1] as number);
  return colours === 1 ? [at(0), at(0), at(0)] : [at(0), at(1), at(2)];
}

/** Reads the sample of a number in the row that starts at an offset. */
function sampleReader(bits: number): (rows: Uint8Array, at: number, sample: number) => number {
  if (bits === 8) return (rows, at, sample) => rows[at + sample] as number;
  if (bits === 16) {
    return (rows, at, sample) =>
      ((rows[at + sample * 2] as number) << 8) | (rows[at + sample * 2 + 1] as number);
  }
  const mask = 2 ** bits - 1;
  return (rows, at, sample) => {
    const bit = sample * bits;
    return ((rows[at + (bit >> 3)] as number) >> (8 - bits - (bit & 7))) & mask;
  };
}

function scaler(bits: number, outBits: 8 | 16): (value: number) => number {
  if (bits === outBits) return (value) => value;
  if (bits === 16) return (value) => value >> 8;
  const factor = (2 ** outBits - 1) / (2 ** bits - 1);
  return (value) => value * factor;
}
