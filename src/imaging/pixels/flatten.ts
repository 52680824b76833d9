import { isOpaque, type RgbaRaster } from './raster.js';

/** Lays a picture on white, for formats without transparency. In place. */
export function flattenOnWhite(raster: RgbaRaster): RgbaRaster {
  if (isOpaque(raster)) return raster;
  const { data } = raster;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] as number) / 255;
    for (let c = i; c < i + 3; c++) data[c] = 255 + ((data[c] as number) - 255) * alpha + 0.5;
    data[i + 3] = 255;
  }
  return raster;
}
