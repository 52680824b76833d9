/** Parameters of sharp's Gaussian blur with which its fast integer kernel preserves flat colours and opacity. */
export interface BlurSettings {
  sigma: number;
  minAmplitude: number;
}

/** Shares of the peak below which the kernel is cut off. */
const CUT_OFFS = [0.02, 0.03, 0.05, 0.08] as const;
/** Maximum relative difference between the width of a kernel and the requested one. */
const TOLERANCE = 0.05;
/** Candidate sigmas, relative to the requested one; a truncated kernel is narrower than its sigma. */
const TRIED = { from: 0.9, to: 1.3, step: 0.0025 };
const MAX_CACHED = 200;

const cache = new Map<number, BlurSettings | undefined>();

/**
 * libvips convolves bytes with integer weights: 20 exp(-x² / 2 sigma²), rounded, then reduced to 7 bits
 * (`vips_gaussmat` and `vips_convi_intize` in its source). If the sum of the weights is not the divisor, flat colours
 * change and opaque pixels become transparent. So this chooses a nearby sigma with a correct sum, and among those the
 * one whose kernel has the requested variance. The exact kernels of sharp (`float`, `approximate`) take several times
 * as long.
 *
 * @returns undefined if no kernel is close enough, mostly below 0.6 pixels: then `gaussianBlur` is used
 */
export function blurSettings(sigma: number): BlurSettings | undefined {
  if (!cache.has(sigma)) {
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(sigma, search(sigma));
  }
  return cache.get(sigma);
}

function search(sigma: number): BlurSettings | undefined {
  let best: BlurSettings | undefined;
  let smallest = TOLERANCE;
  for (let share = TRIED.from; share < TRIED.to; share += TRIED.step) {
    for (const minAmplitude of CUT_OFFS) {
      const weights = mantissas(gaussian(sigma * share, minAmplitude));
      if (!weights) continue;
      const error = Math.abs(deviation(weights) / sigma - 1);
      if (error >= smallest) continue;
      smallest = error;
      best = { sigma: sigma * share, minAmplitude };
    }
  }
  return best;
}

/** Weights of the centre and of the pixels on one side of it. */
function gaussian(sigma: number, minAmplitude: number): number[] {
  const weights: number[] = [];
  for (let x = 0; ; x++) {
    const weight = Math.exp(-(x * x) / (2 * sigma * sigma));
    if (weight < minAmplitude) return weights;
    weights.push(Math.round(20 * weight));
  }
}

/** Weights in 7 bits; undefined if their sum would change a constant image. */
function mantissas(weights: readonly number[]): number[] | undefined {
  const scale = total(weights);
  const exponent = Math.ceil(Math.log2((weights[0] as number) / scale) + 1);
  const target = 128 * 2 ** -exponent;
  const rounded = weights.map((weight) => Math.round((weight / scale) * target));
  return Math.abs(total(rounded) - target) * 255 < target / 2 ? rounded : undefined;
}

/** The sum over both sides. */
function total(weights: readonly number[]): number {
  return weights.reduce((sum, weight, x) => sum + (x === 0 ? weight : 2 * weight), 0);
}

/** The standard deviation of a kernel in pixels. */
function deviation(weights: readonly number[]): number {
  const squares = weights.reduce((sum, weight, x) => sum + 2 * x * x * weight, 0);
  return Math.sqrt(squares / total(weights));
}
