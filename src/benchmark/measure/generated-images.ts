import { askChild } from '../../execution/child/ask-child.js';
import type { GenerateRequest } from './image-generator.js';

const IMAGE_GENERATOR = new URL('./image-generator.js', import.meta.url);
const TIMEOUT_MS = 60_000;

/**
 * Small enough that MATRIX with JIMP, 12,800 images in plain JavaScript, ends within half an hour on two processors; large enough that
 * a batch of ten takes a native engine a tenth of a second.
 */
export const GENERATED_SIZE = { width: 1024, height: 576 } as const;

/** Enough that no decoder sees the same bytes twice in a row, few enough to be made in two seconds. */
export const GENERATED_IMAGES = 4;

/**
 * Writes photo-like JPEGs into a folder and gives their paths: the same bytes every time, on
 * every machine.
 */
export function generateImages(directory: string, signal?: AbortSignal): Promise<string[]> {
  const request: GenerateRequest = { directory, count: GENERATED_IMAGES, ...GENERATED_SIZE };
  return askChild(IMAGE_GENERATOR, request, { name: 'image generator', signal, timeoutMs: TIMEOUT_MS });
}
