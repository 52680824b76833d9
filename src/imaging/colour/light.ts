import type { Matrix } from './matrices.js';

/** Turns a sample, 0 to 1, into light, 0 to 1. */
export type Curve = (sample: number) => number;

/** How samples become light of the sRGB primaries: a curve for each channel, then a matrix. */
export interface Conversion {
  curves: readonly [Curve, Curve, Curve];
  matrix: Matrix;
}

/** Returns the light of an sRGB sample, both 0 to 1 (IEC 61966-2-1). */
export function srgbToLight(sample: number): number {
  return sample <= 0.04045 ? sample / 12.92 : ((sample + 0.055) / 1.055) ** 2.4;
}
