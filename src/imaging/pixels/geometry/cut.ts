import type { Box } from '../../geometry.js';
import type { Raster } from '../raster.js';

/** Cuts a box out of an image; the box must be within it. */
export function cut<Source extends Raster>(raster: Source, { left, top, width, height }: Box): Source {
  if (width === raster.width && height === raster.height) return raster;
  const { data, channels } = raster;
  const out = new Uint8Array(width * height * channels);
  const length = width * channels;
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * raster.width + left) * channels;
    out.set(data.subarray(start, start + length), y * length);
  }
  return { ...raster, data: out, width, height };
}
