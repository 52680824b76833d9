import type { RgbaRaster } from './raster.js';

/** The middle of a picture; where that is between two pixels, the later one, as sharp does. */
export function cropCentre(raster: RgbaRaster, width: number, height: number): RgbaRaster {
  if (width === raster.width && height === raster.height) return raster;
  const left = Math.ceil((raster.width - width) / 2);
  const top = Math.ceil((raster.height - height) / 2);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * raster.width + left) * 4;
    data.set(raster.data.subarray(start, start + width * 4), y * width * 4);
  }
  return { data, width, height, channels: 4 };
}
