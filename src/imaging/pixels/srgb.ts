/** Steps of linear light for {@link linearToSrgb}; fine enough to distinguish the darkest sRGB values. */
export const LIGHT_STEPS = 16_384;

/** The light of each sRGB value, 0 to 1 (IEC 61966-2-1). */
export const SRGB_TO_LINEAR = Float32Array.from({ length: 256 }, (_, i) => toLinear(i / 255));

const LINEAR_TO_SRGB = Uint8Array.from({ length: LIGHT_STEPS + 1 }, (_, i) =>
  Math.round(255 * fromLinear(i / LIGHT_STEPS)),
);

/** Returns the sRGB value, 0 to 255, of linear light in {@link LIGHT_STEPS}; clamped. */
export function linearToSrgb(steps: number): number {
  return LINEAR_TO_SRGB[Math.min(LIGHT_STEPS, Math.max(0, (steps + 0.5) | 0))] as number;
}

function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}
