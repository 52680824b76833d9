import type { FlipAxis } from '../../operations/flip.js';
import type { Raster } from '../raster.js';

/** Mirrors left and right (HORIZONTAL) or top and bottom (VERTICAL). */
export function flip<Source extends Raster>(raster: Source, axis: FlipAxis): Source {
  const { data, width, height, channels } = raster;
  const out = new Uint8Array(data.length);
  const stride = width * channels;
  for (let y = 0; y < height; y++) {
    const row = y * stride;
    if (axis === 'VERTICAL') {
      out.set(data.subarray(row, row + stride), (height - 1 - y) * stride);
      continue;
    }
    for (let x = 0, p = row; x < width; x++) {
      const o = row + (width - 1 - x) * channels;
      for (let c = 0; c < channels; c++) out[o + c] = data[p++] as number;
    }
  }
  return { ...raster, data: out };
}
