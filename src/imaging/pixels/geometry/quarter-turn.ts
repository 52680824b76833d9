import type { Raster } from '../raster.js';

/** Rotates an image clockwise by 0 to 3 quarter turns; no pixel changes. */
export function quarterTurn(raster: Raster, quarters: number): Raster {
  if (quarters === 0) return raster;
  const { data, width, height, channels } = raster;
  const onItsSide = quarters !== 2;
  const out = new Uint8Array(data.length);
  // Target position of the first pixel, and distances of neighbours in a row and in a column, in pixels.
  const [first, right, down] =
    quarters === 1
      ? [height - 1, height, -1]
      : quarters === 2
        ? [width * height - 1, -1, -width]
        : [(width - 1) * height, -height, 1];
  for (let y = 0, p = 0; y < height; y++) {
    let to = (first + y * down) * channels;
    for (let x = 0; x < width; x++, to += right * channels) {
      for (let c = 0; c < channels; c++) out[to + c] = data[p++] as number;
    }
  }
  return {
    data: out,
    width: onItsSide ? height : width,
    height: onItsSide ? width : height,
    channels,
  };
}
