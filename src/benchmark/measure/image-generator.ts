import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answerParent } from '../../execution/child/answer-parent.js';
import { photoLikeJpeg } from './photo-like.js';

/** Process that generates the images of a benchmark, so that the event loop of the server computes no pixels. */

export interface GenerateRequest {
  directory: string;
  count: number;
  /** Pixels. */
  width: number;
  height: number;
}

answerParent(async ({ directory, count, width, height }: GenerateRequest): Promise<string[]> => {
  const paths: string[] = [];
  for (let seed = 0; seed < count; seed++) {
    const path = join(directory, `photo-like-${seed}.jpg`);
    await writeFile(path, await photoLikeJpeg(seed, width, height));
    paths.push(path);
  }
  return paths;
});
