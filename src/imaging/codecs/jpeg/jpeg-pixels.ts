import type { RgbaRaster } from '../../pixels/raster.js';
import type { JpegComponent, JpegFrame } from './frame.js';

export type ColourModel = 'GRAY' | 'YCC' | 'RGB' | 'CMYK' | 'YCCK';

/** Channels of one row at the image's full width. */
type Rows = readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/** From YCbCr to RGB (JFIF 1.02), for each value of Cb or Cr; the two of green are scaled by 2^16. */
const RED_OF_CR = Int32Array.from({ length: 256 }, (_, i) => Math.round(1.402 * (i - 128)));
const BLUE_OF_CB = Int32Array.from({ length: 256 }, (_, i) => Math.round(1.772 * (i - 128)));
const GREEN_OF_CB = Int32Array.from({ length: 256 }, (_, i) => Math.round(-0.344136 * 65_536 * (i - 128)));
const GREEN_OF_CR = Int32Array.from({ length: 256 }, (_, i) =>
  Math.round(-0.714136 * 65_536 * (i - 128) + 32_768),
);

/** Scales the samples of all channels to the size of the image and converts them to RGBA, or to CMYK on request. */
export function toPixels(frame: JpegFrame, model: ColourModel, keepCmyk: boolean): RgbaRaster {
  const { width, height, components } = frame;
  const data = new Uint8Array(width * height * 4);
  const rows = [0, 1, 2, 3].map(() => new Uint8Array(width + 8)) as unknown as Rows;
  const upsamplers = components.map((component) => upsampler(frame, component));
  const write = model === 'CMYK' || model === 'YCCK' ? writeCmyk(keepCmyk) : writeRgb;
  for (let y = 0; y < height; y++) {
    for (const [i, upsample] of upsamplers.entries()) upsample(y, rows[i] as Uint8Array);
    if (model === 'YCC' || model === 'YCCK') yccToRgb(rows, width);
    const [first, second, third] = model === 'GRAY' ? [rows[0], rows[0], rows[0]] : rows;
    write([first, second, third, rows[3]], width, data, y * width * 4);
  }
  return { data, width, height, channels: 4 };
}

function yccToRgb([first, second, third]: Rows, width: number): void {
  for (let x = 0; x < width; x++) {
    const luma = first[x] as number;
    const cb = second[x] as number;
    const cr = third[x] as number;
    first[x] = clamped(luma + (RED_OF_CR[cr] as number));
    second[x] = clamped(luma + (((GREEN_OF_CB[cb] as number) + (GREEN_OF_CR[cr] as number)) >> 16));
    third[x] = clamped(luma + (BLUE_OF_CB[cb] as number));
  }
}

function writeRgb([red, green, blue]: Rows, width: number, out: Uint8Array, at: number): void {
  for (let x = 0, o = at; x < width; x++, o += 4) {
    out[o] = red[x] as number;
    out[o + 1] = green[x] as number;
    out[o + 2] = blue[x] as number;
    out[o + 3] = 255;
  }
}

/** Four channels are stored inverted (255: no ink), with or without Adobe's marker. */
function writeCmyk(keep: boolean): typeof writeRgb {
  return ([c, m, y, k], width, out, at) => {
    for (let x = 0, o = at; x < width; x++, o += 4) {
      const black = k[x] as number;
      for (const [i, row] of [c, m, y].entries()) {
        const ink = row[x] as number;
        out[o + i] = keep ? 255 - ink : Math.round((ink * black) / 255);
      }
      out[o + 3] = keep ? 255 - black : 255;
    }
  };
}

function clamped(value: number): number {
  return value < 0 ? 0 : Math.min(value, 255);
}

/**
 * Returns a function that writes a row of a channel at full width. A channel with half the samples is interpolated
 * three to one between neighbours, as libjpeg does; other channels use the nearest sample.
 */
function upsampler(frame: JpegFrame, component: JpegComponent): (y: number, out: Uint8Array) => void {
  const { maxHorizontal, maxVertical, width, height } = frame;
  const { horizontal, vertical, samples } = component;
  const stride = component.blocksPerRow * 8;
  const columns = Math.ceil((width * horizontal) / maxHorizontal);
  const lines = Math.ceil((height * vertical) / maxVertical);
  const halfWidth = maxHorizontal === 2 * horizontal;
  const halfHeight = maxVertical === 2 * vertical;
  if (!halfWidth && !halfHeight) {
    return (y, out) => {
      const row = Math.floor((y * vertical) / maxVertical) * stride;
      if (horizontal === maxHorizontal) out.set(samples.subarray(row, row + width));
      else
        for (let x = 0; x < width; x++)
          out[x] = samples[row + Math.floor((x * horizontal) / maxHorizontal)] as number;
    };
  }
  const line = new Uint16Array(columns);
  return (y, out) => {
    const near = halfHeight ? y >> 1 : Math.floor((y * vertical) / maxVertical);
    const far = halfHeight ? Math.min(lines - 1, Math.max(0, near + (y & 1 ? 1 : -1))) : near;
    for (let x = 0; x < columns; x++) {
      const value = samples[near * stride + x] as number;
      line[x] = halfHeight ? 3 * value + (samples[far * stride + x] as number) : value;
    }
    if (halfWidth) doubled(line, width, halfHeight ? 4 : 1, out);
    else {
      const round = y & 1 ? 2 : 1;
      for (let x = 0; x < width; x++) {
        const at = Math.floor((x * horizontal) / maxHorizontal);
        out[x] = ((line[at] as number) + round) >> 2;
      }
    }
  };
}

/** Doubles the width of a row whose values are samples times `scale`. */
function doubled(line: Uint16Array, width: number, scale: 1 | 4, out: Uint8Array): void {
  const shift = scale === 4 ? 4 : 2;
  const [roundLeft, roundRight] = scale === 4 ? [8, 7] : [1, 2];
  const last = line.length - 1;
  for (let x = 0; x < width; x++) {
    const at = x >> 1;
    const near = 3 * (line[at] as number);
    out[x] =
      x & 1
        ? (near + (line[Math.min(last, at + 1)] as number) + roundRight) >> shift
        : (near + (line[Math.max(0, at - 1)] as number) + roundLeft) >> shift;
  }
}
