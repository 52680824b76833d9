import type { RgbaRaster } from './raster.js';
import { linearToSrgb, SRGB_TO_LINEAR } from './srgb.js';

/** Shares of the primaries in the luminance of sRGB (ITU-R BT.709). */
const RED = 0.2126;
const GREEN = 0.7152;
const BLUE = 0.0722;

/** Grey of the same luminance, added up as light and not as sRGB values, as libvips does. In place. */
export function grayscale(raster: RgbaRaster): RgbaRaster {
  const { data } = raster;
  for (let i = 0; i < data.length; i += 4) {
    const light =
      RED * (SRGB_TO_LINEAR[data[i] as number] as number) +
      GREEN * (SRGB_TO_LINEAR[data[i + 1] as number] as number) +
      BLUE * (SRGB_TO_LINEAR[data[i + 2] as number] as number);
    const grey = linearToSrgb(light);
    data[i] = grey;
    data[i + 1] = grey;
    data[i + 2] = grey;
  }
  return raster;
}
