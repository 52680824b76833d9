import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepExample, keepImage, keptExamples, keptImages } from './kept-failures.js';

describe('stored counterexamples', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('equal the failed example, including values that JSON cannot represent', async () => {
    const numbers = [Number.NaN, Number.NEGATIVE_INFINITY, -0, 5e-324, 2 ** 53];
    const example = ['JIMP', [{ kind: 'WATERMARK', params: { text: 'a\0\ud800\n', numbers } }]];
    const name = await keepExample('operations', example, folder);
    expect(name).toMatch(/^operations-[0-9a-f]{16}\.json$/);
    expect(await keptExamples('operations', folder)).toEqual([example]);
    expect(await keptExamples('documents', folder)).toEqual([]);
    expect(await keptImages(folder)).toEqual([]);
  });

  it('is each image once', async () => {
    const bytes = Buffer.from([1, 2, 3]);
    const name = await keepImage(bytes, folder);
    await keepImage(bytes, folder);
    expect(await keptImages(folder)).toEqual([{ kind: 'KEPT', name, bytes }]);
  });
});
