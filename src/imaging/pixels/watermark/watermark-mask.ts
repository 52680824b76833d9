import { gaussianBlur } from '../gaussian-blur.js';
import type { RgbaRaster } from '../raster.js';
import { drawText } from './watermark-font.js';

/** A text drawn at one font size: two bytes for each pixel, 0 to 255. */
export interface WatermarkMask {
  readonly width: number;
  readonly height: number;
  /** Coverage by the letters. */
  readonly letters: Uint8Array;
  /** The letters, blurred: strength of the edge around them. */
  readonly edge: Uint8Array;
}

/** Masks of most texts take less than 100 kB; the largest possible one takes some megabytes. */
const MAX_CACHED_BYTES = 4 * 2 ** 20;

/** Least recently used first. */
const cache = new Map<string, WatermarkMask>();
let cachedBytes = 0;

/**
 * Returns the mask of a text. Masks are cached, because all images of a job have the same text and most have the same size;
 * drawing one takes longer than blending it.
 *
 * @param size font size in pixels
 * @param reach pixels around the text, half of which is the sigma of the edge; depends on the size alone
 */
export function watermarkMask(text: string, size: number, reach: number): WatermarkMask {
  const key = `${size} ${text}`;
  const known = cache.get(key);
  const mask = known ?? draw(text, size, reach);
  if (known) cache.delete(key);
  else cachedBytes += bytesOf(mask);
  cache.set(key, mask);
  for (const [oldest, each] of cache) {
    if (cachedBytes <= MAX_CACHED_BYTES) break;
    cache.delete(oldest);
    cachedBytes -= bytesOf(each);
  }
  return mask;
}

function draw(text: string, size: number, reach: number): WatermarkMask {
  const letters = drawText(text, size, reach);
  const { width, height } = letters;
  return { width, height, letters: red(letters), edge: red(gaussianBlur(letters, reach / 2)) };
}

function red({ data, width, height }: RgbaRaster): Uint8Array {
  const level = new Uint8Array(width * height);
  for (let pixel = 0; pixel < level.length; pixel++) level[pixel] = data[pixel * 4] as number;
  return level;
}

function bytesOf({ letters, edge }: WatermarkMask): number {
  return letters.length + edge.length;
}
