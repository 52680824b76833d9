import type { ImageEngineName } from '../../imaging/engine-name.js';
import { mostPixels } from '../../imaging/output-size.js';
import type { ComputeRequest } from '../compute.js';

/**
 * Bytes that an engine takes for each pixel at its peak. JIMP: a kernel on a half-transparent image holds the image, its
 * premultiplied copy of 16 bits, and a result of floats. SHARP: three rasters, or the frames of an animation twice.
 * `npm run perf memory` prints what images take.
 */
const BYTES_PER_PIXEL: Record<ImageEngineName, number> = { JIMP: 36, SHARP: 12 };

/** Images that take less are never held back, where at most one of them for each worker is in flight. */
export const SMALL_BYTES = 128 * 2 ** 20;

/** Share of a host's memory limit that pixels may take; the rest is for sources, results and the program. */
const SHARE_FOR_PIXELS = 0.5;

/** Returns the bytes that the pixels of a request take at their peak. */
export function pixelMemory({ engine, source, operations }: ComputeRequest): number {
  const frames = engine === 'SHARP' ? source.frames : 1;
  return mostPixels(source, operations) * frames * BYTES_PER_PIXEL[engine];
}

/** Returns the bytes that all pixels in a host may take together. */
export function pixelMemoryLimit(hostMemoryMb: number): number {
  return hostMemoryMb * 2 ** 20 * SHARE_FOR_PIXELS;
}
