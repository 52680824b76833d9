import { isOpaque, type Raster } from './raster.js';

/** Composites an image on white, for formats without transparency. In place. */
export function flattenOnWhite<Source extends Raster>(raster: Source): Source {
  if (isOpaque(raster)) return raster;
  const { data, channels } = raster;
  const colours = channels - 1;
  for (let i = 0; i < data.length; i += channels) {
    const alpha = (data[i + colours] as number) / 255;
    for (let c = i; c < i + colours; c++) data[c] = 255 + ((data[c] as number) - 255) * alpha + 0.5;
    data[i + colours] = 255;
  }
  return raster;
}
