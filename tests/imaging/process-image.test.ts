import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { IMAGE_ENGINES } from '../../src/imaging/engine-name.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import { type Operation, STANDARD_PIPELINE } from '../../src/imaging/operation.js';
import { processImage } from '../../src/imaging/process-image.js';
import { png, quarters } from '../support/images/test-images.js';

const limits = DEFAULT_IMAGING_LIMITS;

describe('processImage', () => {
  it.each([
    ['JIMP', 6],
    ['SHARP', 3],
  ] as const)('takes every step of %s through the runner', async (engine, steps) => {
    // Larger than the result, for the engine's decoder to shrink.
    const create = { width: 900, height: 506, channels: 3, background: '#123456' } as const;
    const source = await sharp({ create }).jpeg().toBuffer();
    let [running, most, count] = [0, 0, 0];
    const result = await processImage(
      source,
      { engine, operations: STANDARD_PIPELINE, limits },
      async (step) => {
        count++;
        most = Math.max(most, ++running);
        try {
          return await step();
        } finally {
          running--;
        }
      },
    );
    expect(result).toMatchObject({ format: 'JPEG', width: 800, height: 450 });
    expect([count, most]).toEqual([steps, 1]);
  });

  it.each(IMAGE_ENGINES)('%s does not count the time that the runner waits', async (engine) => {
    const photo = await photoLikeJpeg(1, 64, 48);
    let waited = 0;
    const start = performance.now();
    const { durationMs } = await processImage(
      photo,
      { engine, operations: STANDARD_PIPELINE, limits },
      async (step) => {
        const before = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 30));
        waited += performance.now() - before;
        return step();
      },
    );
    expect(durationMs).toBeGreaterThan(0);
    expect(durationMs).toBeLessThanOrEqual(performance.now() - start - waited);
  });

  it('ends by itself with TIMEOUT on SHARP when its time limit has passed', async () => {
    const create = { width: 4_000, height: 4_000, channels: 3, background: '#123456' } as const;
    const source = await sharp({ create }).png().toBuffer();
    // Ten passes of a second or so: far longer than the limit on any machine.
    const operations = new Array<Operation>(10).fill({ kind: 'BLUR', params: { sigma: 100 } });
    await expect(
      processImage(source, { engine: 'SHARP', operations, limits, timeLimitMs: 1_500 }),
    ).rejects.toMatchObject({
      ...{ code: 'PROCESSING_FAILED', message: 'The image took longer than 1500 ms' },
      details: { reason: 'TIMEOUT', retryable: true },
    });
  });

  it.each(IMAGE_ENGINES)('%s gives the same bytes every time', async (engine) => {
    const photo = await photoLikeJpeg(1, 320, 200);
    const request = { engine, operations: STANDARD_PIPELINE, limits };
    const [first, second] = [await processImage(photo, request), await processImage(photo, request)];
    expect(Buffer.from(first.bytes).equals(second.bytes)).toBe(true);
  });

  it.each(IMAGE_ENGINES)('%s leaves the source bytes as they are', async (engine) => {
    const source = Buffer.from(await png(quarters(40, 30)));
    const before = Buffer.from(source);
    for (const format of ['PNG', 'BMP', 'TIFF', 'GIF'] as const) {
      await processImage(source, { engine, operations: [{ kind: 'CONVERT', params: { format } }], limits });
    }
    expect(source.equals(before)).toBe(true);
  });

  it('passes on the error of an invalid pipeline for any source', async () => {
    const operations = [{ kind: 'BLUR', params: { sigma: Number.NaN } }] as const;
    await expect(
      processImage(Buffer.from('no image'), { engine: 'SHARP', operations, limits }),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field: 'input.operations[0].blur.sigma' },
    });
  });

  it.each([
    ['SHARP', /jimp\.engine|jimp-library|node_modules\/(@?jimp|jpeg-js|pngjs|omggif|utif2)\//],
    ['JIMP', /node_modules\/(sharp|@img)\//],
  ])('loads nothing of the other engine for %s', async (engine, other) => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
      const { loadEngine } = await import('${new URL('../../src/imaging/engines/engine-registry.js', import.meta.url)}');
      const { processImage } = await import('${new URL('../../src/imaging/process-image.js', import.meta.url)}');
      await loadEngine('${engine}');
      const source = Buffer.from('${Buffer.from(await png(quarters(8, 8))).toString('base64')}', 'base64');
      const operations = [{ kind: 'CONVERT', params: { format: 'JPEG' } }];
      await processImage(source, { engine: '${engine}', operations, limits: ${JSON.stringify(limits)} });
      console.log(JSON.stringify(loaded));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    const loaded: string[] = JSON.parse(stdout);
    expect(loaded.filter((url) => other.test(url))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(10);
    expect(loaded.filter((url) => /type-graphql|mikro-orm|reflect-metadata/.test(url))).toEqual([]);
  });
});
