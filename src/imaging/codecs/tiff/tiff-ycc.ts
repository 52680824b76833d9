import type { RgbaRaster } from '../../pixels/raster.js';
import type { TiffLayout } from './tiff-layout.js';
import type { TiffPart } from './tiff-parts.js';

/** Of CCIR 601-1: TIFF's default. */
const COEFFICIENTS = [0.299, 0.587, 0.114];
const FULL_RANGE = [0, 255, 128, 255, 128, 255];

/** Reads areas of pixels that share their two colour samples: first the luma of each, row by row (TIFF 6.0, section 21). */
export function readAreas(part: TiffPart, layout: TiffLayout, { data }: RgbaRaster): void {
  const [horizontal, vertical] = layout.subsampling;
  const perArea = horizontal * vertical + (part.samples - 1);
  const across = Math.ceil(part.columns / horizontal);
  const columns = Math.min(part.columns, layout.width - part.left);
  const rows = Math.min(part.rows, layout.height - part.top);
  for (let y = 0; y < rows; y++) {
    let o = ((part.top + y) * layout.width + part.left) * 4;
    const areaRow = Math.floor(y / vertical) * across;
    const rowInArea = (y % vertical) * horizontal;
    for (let x = 0; x < columns; x++, o += 4) {
      const area = (areaRow + Math.floor(x / horizontal)) * perArea;
      const colours = area + horizontal * vertical;
      data[o] = part.data[area + rowInArea + (x % horizontal)] as number;
      for (let c = 1; c < Math.min(4, part.samples); c++) data[o + c] = part.data[colours + c - 1] as number;
    }
  }
}

/** Returns a function that converts a pixel of YCbCr to RGB, in place. */
export function yccConverter(
  coefficients: readonly number[],
  reference: readonly number[],
): (data: Uint8Array, i: number) => void {
  const [red, green, blue] = coefficients.length === 3 ? coefficients : COEFFICIENTS;
  const [r, g, b] = [red || 0.299, green || 0.587, blue || 0.114];
  const range = reference.length === 6 ? reference : FULL_RANGE;
  const [black, white, cbZero, cbFull, crZero, crFull] = range as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const spread = (value: number, zero: number, full: number, top: number) =>
    ((value - zero) * top) / (full - zero || 1);
  return (data, i) => {
    const luma = spread(data[i] as number, black, white, 255);
    const cb = spread(data[i + 1] as number, cbZero, cbFull, 127);
    const cr = spread(data[i + 2] as number, crZero, crFull, 127);
    const redLight = luma + cr * (2 - 2 * r);
    const blueLight = luma + cb * (2 - 2 * b);
    data[i] = clamped(redLight);
    data[i + 1] = clamped((luma - b * blueLight - r * redLight) / g);
    data[i + 2] = clamped(blueLight);
  };
}

function clamped(value: number): number {
  return value > 0 ? Math.min(255, value + 0.5) : 0;
}
