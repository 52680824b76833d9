import type { Matrix } from './matrices.js';

/** Converts a sample, 0 to 1, to linear light, 0 to 1. */
export type Curve = (sample: number) => number;

/** Conversion of samples to linear light of the sRGB primaries: a curve for each channel, then a matrix. */
export interface Conversion {
  curves: readonly [Curve, Curve, Curve];
  matrix: Matrix;
}

/** Returns the linear light of an sRGB sample, both 0 to 1 (IEC 61966-2-1). */
export function srgbToLight(sample: number): number {
  return sample <= 0.04045 ? sample / 12.92 : ((sample + 0.055) / 1.055) ** 2.4;
}
