import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { askChild } from '../../execution/child/ask-child.js';
import type { GenerateRequest } from './image-generator.js';

const IMAGE_GENERATOR = new URL('./image-generator.js', import.meta.url);
/** For a process that hangs: beside a full load of others, one of low priority takes a minute for its two seconds. */
const TIMEOUT_MS = 600_000;
const NICENESS = constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * Small enough that MATRIX with JIMP, 12,800 images in plain JavaScript, takes less than half an hour on two processors;
 * large enough that a batch of ten takes a native engine a tenth of a second.
 */
export const GENERATED_SIZE = { width: 1024, height: 576 } as const;

/** Enough that no decoder sees the same bytes twice in a row, few enough to be made in two seconds. */
export const GENERATED_IMAGES = 4;

/** Writes photo-like JPEGs into a folder and returns their paths; the same bytes every time, on every machine. */
export function generateImages(
  directory: string,
  signal?: AbortSignal,
  size: { width: number; height: number } = GENERATED_SIZE,
): Promise<string[]> {
  const request: GenerateRequest = { directory, count: GENERATED_IMAGES, ...size };
  return askChild(IMAGE_GENERATOR, request, {
    ...{ name: 'image generator', signal, timeoutMs: TIMEOUT_MS, niceness: NICENESS },
  });
}

/** Images for each longer side in pixels, at the proportions of {@link GENERATED_SIZE}; the paths by that side. */
export async function generateImagesByEdge(
  directory: string,
  edges: readonly number[],
  signal?: AbortSignal,
): Promise<Record<string, string[]>> {
  const paths: Record<string, string[]> = {};
  for (const edge of edges) {
    const folder = join(directory, String(edge));
    await mkdir(folder, { mode: 0o700 });
    const height = Math.max(1, Math.round((edge * GENERATED_SIZE.height) / GENERATED_SIZE.width));
    paths[String(edge)] = await generateImages(folder, signal, { width: edge, height });
  }
  return paths;
}
