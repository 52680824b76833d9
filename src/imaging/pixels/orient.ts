import type { RgbaRaster } from './raster.js';

/**
 * Turns and mirrors a picture as its EXIF orientation asks, so that it is upright.
 *
 * @param orientation 1 to 8 as in EXIF: 3 is a half turn, 6 a quarter turn clockwise, 8 one counter-clockwise;
 * 2, 4, 5, 7 are mirrored
 */
export function orient(raster: RgbaRaster, orientation: number): RgbaRaster {
  if (orientation <= 1) return raster;
  const { width, height } = raster;
  const from = new Uint32Array(raster.data.slice().buffer);
  const swapped = orientation >= 5;
  const [outWidth, outHeight] = swapped ? [height, width] : [width, height];
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const to = new Uint32Array(from.length);
  for (let y = 0, i = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++, i++) {
      const column = swapped ? y : x;
      const row = swapped ? x : y;
      const sourceX = fromRight ? width - 1 - column : column;
      const sourceY = fromBottom ? height - 1 - row : row;
      to[i] = from[sourceY * width + sourceX] as number;
    }
  }
  return { data: new Uint8Array(to.buffer), width: outWidth, height: outHeight, channels: 4 };
}
