import type { Box } from '../../geometry.js';
import type { Raster } from '../raster.js';

/**
 * Returns the box without borders; border pixels differ from the top left one by at most `threshold` in every
 * channel. Colours are compared premultiplied. An image of one colour has no borders.
 */
export function contentBox(raster: Raster, threshold: number): Box {
  const { width, height } = raster;
  const differs = comparer(raster, threshold);
  const any = (count: number, at: (i: number) => number): boolean => {
    for (let i = 0; i < count; i++) if (differs(at(i))) return true;
    return false;
  };
  let top = 0;
  while (top < height && !any(width, (x) => top * width + x)) top++;
  if (top === height) return { left: 0, top: 0, width, height };
  let bottom = height;
  while (!any(width, (x) => (bottom - 1) * width + x)) bottom--;
  const rows = bottom - top;
  let left = 0;
  while (!any(rows, (y) => (top + y) * width + left)) left++;
  let right = width;
  while (!any(rows, (y) => (top + y) * width + right - 1)) right--;
  return { left, top, width: right - left, height: rows };
}

/** Returns the smallest box that contains both. */
export function unitedBox(a: Box, b: Box): Box {
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const right = Math.max(a.left + a.width, b.left + b.width);
  const bottom = Math.max(a.top + a.height, b.top + b.height);
  return { left, top, width: right - left, height: bottom - top };
}

function comparer({ data, channels }: Raster, threshold: number): (pixel: number) => boolean {
  const colours = channels % 2 === 1 ? channels : channels - 1;
  const alphaAt = (p: number) => (colours === channels ? 255 : (data[p + colours] as number));
  const firstAlpha = alphaAt(0);
  return (pixel) => {
    const p = pixel * channels;
    const alpha = alphaAt(p);
    if (Math.abs(alpha - firstAlpha) > threshold) return true;
    for (let c = 0; c < colours; c++) {
      const seen = (data[p + c] as number) * alpha - (data[c] as number) * firstAlpha;
      if (Math.abs(seen) > threshold * 255) return true;
    }
    return false;
  };
}
