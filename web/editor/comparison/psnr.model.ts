/** How much two images differ. */

/** Squared differences of the colour channels of two RGBA buffers of the same length, summed. */
export function squaredError(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 4) {
    for (let channel = i; channel < i + 3; channel++) {
      const difference = (a[channel] as number) - (b[channel] as number);
      sum += difference * difference;
    }
  }
  return sum;
}

/** Peak signal-to-noise ratio in dB: 10 · log10(255² / mean squared error); Infinity for equal images. */
export function psnr(squaredErrors: number, pixels: number): number {
  return 10 * Math.log10((255 * 255 * 3 * pixels) / squaredErrors);
}

/** What a PSNR means to the eye. */
export function psnrWords(decibels: number): string {
  if (decibels === Number.POSITIVE_INFINITY) return 'identical pixels';
  if (decibels >= 40) return 'no visible difference';
  if (decibels >= 30) return 'differences visible side by side';
  return 'clearly different';
}
