import type { RgbaRaster } from './raster.js';

/** Bits of each channel by which colours are grouped. */
const BITS = 4;
const GROUPS = 1 << (3 * BITS);

/** Returns the mean of the most frequent group of colours as #RRGGBB; transparent pixels count by their alpha. */
export function dominantColour({ data }: RgbaRaster): string {
  const weights = new Float64Array(GROUPS);
  const sums = [new Float64Array(GROUPS), new Float64Array(GROUPS), new Float64Array(GROUPS)];
  const shift = 8 - BITS;
  let most = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [red, green, blue, alpha] = data.subarray(i, i + 4) as unknown as [number, number, number, number];
    const group = ((red >> shift) << (2 * BITS)) | ((green >> shift) << BITS) | (blue >> shift);
    weights[group] = (weights[group] as number) + alpha;
    for (const [c, sum] of sums.entries())
      sum[group] = (sum[group] as number) + (data[i + c] as number) * alpha;
    if ((weights[group] as number) > (weights[most] as number)) most = group;
  }
  const weight = weights[most] || 1;
  const channels = sums.map((sum) => Math.round((sum[most] as number) / weight));
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
