import type { Box, Size } from '../../geometry.js';
import type { Rgba } from '../colour.js';
import { asRgba, type Raster } from '../raster.js';

/** Places an image on a canvas of the background; grey becomes RGBA, because the background has a colour. */
export function extend(
  raster: Raster,
  canvas: Size,
  { left, top }: Pick<Box, 'left' | 'top'>,
  background: Rgba,
): Raster {
  const hasAlpha = background[3] < 255;
  const source = raster.channels === 3 && !hasAlpha ? raster : asRgba(raster);
  const { data, width, height, channels } = source;
  const out = new Uint8Array(canvas.width * canvas.height * channels);
  const colour = Uint8Array.from(background.slice(0, channels));
  for (let i = 0; i < out.length; i += channels) out.set(colour, i);
  const length = width * channels;
  for (let y = 0; y < height; y++) {
    out.set(data.subarray(y * length, (y + 1) * length), ((top + y) * canvas.width + left) * channels);
  }
  return { ...source, data: out, width: canvas.width, height: canvas.height };
}
