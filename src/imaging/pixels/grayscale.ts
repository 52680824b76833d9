import type { Raster } from './raster.js';
import { LIGHT_STEPS, linearToSrgb, SRGB_TO_LINEAR } from './srgb.js';

/** Contributions of red, green and blue to the luminance (ITU-R BT.709), by sRGB value. */
const [RED, GREEN, BLUE] = [0.2126, 0.7152, 0.0722].map((share) =>
  SRGB_TO_LINEAR.map((light) => share * light * LIGHT_STEPS),
) as [Float32Array, Float32Array, Float32Array];

/** Converts to grey of the same luminance, computed in linear light; keeps transparency. In place. */
export function grayscale({ data, channels }: Raster): void {
  if (channels < 3) return;
  for (let i = 0; i < data.length; i += channels) {
    const light =
      (RED[data[i] as number] as number) +
      (GREEN[data[i + 1] as number] as number) +
      (BLUE[data[i + 2] as number] as number);
    const grey = linearToSrgb(light);
    data[i] = grey;
    data[i + 1] = grey;
    data[i + 2] = grey;
  }
}
