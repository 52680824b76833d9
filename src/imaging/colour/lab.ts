import { LIGHT_STEPS, linearToSrgb } from '../pixels/srgb.js';
import { XYZ_D50_TO_SRGB } from './matrices.js';

/** D50 white point, the reference of L*a*b* in files. */
const WHITE = [0.9642, 1, 0.8249] as const;
/** Below this the cube root becomes a line (CIE 15). */
const KNEE = 6 / 29;

/**
 * Converts CIE L*a*b* under D50 to sRGB.
 *
 * @param lightness 0 to 100
 * @param out receives red, green and blue, 0 to 255, from `at` on
 */
export function labToSrgb(lightness: number, a: number, b: number, out: Uint8Array, at: number): void {
  const y = (lightness + 16) / 116;
  const xyz = [y + a / 500, y, y - b / 200].map((f, i) => light(f) * (WHITE[i] as number));
  for (const [c, row] of XYZ_D50_TO_SRGB.entries()) {
    const sum = row.reduce((total, factor, i) => total + factor * (xyz[i] as number), 0);
    out[at + c] = linearToSrgb(sum * LIGHT_STEPS);
  }
}

function light(f: number): number {
  return f > KNEE ? f ** 3 : 3 * KNEE ** 2 * (f - 4 / 29);
}
