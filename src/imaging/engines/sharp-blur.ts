/** How sharp is asked for a Gaussian blur, so that its fast whole-number kernel keeps flat colours and opacity. */
export interface BlurSettings {
  sigma: number;
  minAmplitude: number;
}

/** Shares of the peak below which the kernel is cut off. */
const CUT_OFFS = [0.02, 0.03, 0.05, 0.08] as const;
/** A kernel whose width differs by more than this share from the one asked for is not used. */
const TOLERANCE = 0.05;
/** Sigmas that are tried, as shares of the one asked for: a kernel that is cut off is narrower than its sigma. */
const TRIED = { from: 0.9, to: 1.3, step: 0.0025 };
const MAX_CACHED = 200;

const cache = new Map<number, BlurSettings | undefined>();

/**
 * libvips convolves bytes with whole numbers: the weights 20 exp(-x² / 2 sigma²), rounded, then brought to 7 bits
 * (`vips_gaussmat` and `vips_convi_intize` in its source). Where these do not add up to what they are divided by, flat
 * colours change and opaque pixels become transparent. So a sigma nearby is chosen whose weights add up, and of those
 * the one whose kernel has the variance that was asked for. This costs no time: the exact kernels of sharp (`float`,
 * `approximate`) take several times as long.
 *
 * @returns undefined where no kernel is near enough, above all below 0.6 pixels: then `gaussianBlur` does it
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

/** The weights of the centre and of the pixels to one side of it. */
function gaussian(sigma: number, minAmplitude: number): number[] {
  const weights: number[] = [];
  for (let x = 0; ; x++) {
    const weight = Math.exp(-(x * x) / (2 * sigma * sigma));
    if (weight < minAmplitude) return weights;
    weights.push(Math.round(20 * weight));
  }
}

/** The weights in 7 bits; undefined where they do not add up so well that every byte stays itself. */
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
