/**
 * The end of a scale for values up to `longest`: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. It changes
 * seldom while samples arrive, so that a chart is changed in place.
 */
export function niceEnd(longest: number): number {
  if (!(longest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(longest));
  const step = STEPS.find((factor) => factor * power >= longest * (1 - 1e-9)) ?? 10;
  return step * power;
}

const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
