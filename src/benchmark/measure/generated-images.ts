import { askHost } from './host-process.js';
import type { GenerateRequest } from './image-generator.js';

const IMAGE_GENERATOR = new URL('./image-generator.js', import.meta.url);
const TIMEOUT_MS = 60_000;

/** Enough that no decoder sees the same bytes twice in a row, few enough to be made in two seconds. */
export const GENERATED_IMAGES = 4;

/**
 * Writes photo-like JPEGs of 1920x1080 into a folder and gives their paths: the same bytes every time, on
 * every machine.
 */
export function generateImages(directory: string, signal?: AbortSignal): Promise<string[]> {
  const request: GenerateRequest = { directory, count: GENERATED_IMAGES };
  return askHost(IMAGE_GENERATOR, request, { signal, timeoutMs: TIMEOUT_MS });
}
