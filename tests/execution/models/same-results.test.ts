import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { Task } from '../../../src/execution/executor.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import { createExecutor } from '../../../src/execution/models/create-executor.js';
import { shareBytes } from '../../../src/execution/workers/shared-bytes.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../../../src/imaging/operation.js';

/** The standard pipeline on an image that is small enough for a test. */
const operations = STANDARD_PIPELINE.map((operation) =>
  operation.kind === 'RESIZE'
    ? { ...operation, params: { ...operation.params, width: 96, height: 54 } }
    : operation,
);

describe('the results of all models', () => {
  let sources: Uint8Array[];

  beforeAll(async () => {
    sources = await Promise.all([1, 2].map((seed) => photoLikeJpeg(seed, 160, 90)));
  });

  it.each(IMAGE_ENGINES)('are the same bytes on %s', async (engine) => {
    const tasks = [...sources, ...sources].map(
      (bytes): Task => ({
        kind: 'IMAGE',
        bytes,
        engine,
        operations,
        limits: DEFAULT_IMAGING_LIMITS,
      }),
    );
    const digests = new Map<string, string[]>();
    for (const model of CONCURRENCY_MODELS) {
      const executor = createExecutor(model, { workers: 2, preload: [engine] });
      await executor.start();
      const outcomes = await executor.run(tasks);
      await executor.stop();
      const digest = createHash('sha256');
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({
          status: 'DONE',
          result: { format: 'JPEG', width: 96, height: 54 },
        });
        if (outcome.status === 'DONE' && outcome.result.kind === 'IMAGE') digest.update(outcome.result.bytes);
      }
      const hex = digest.digest('hex');
      digests.set(hex, [...(digests.get(hex) ?? []), model]);
    }
    expect([...digests.values()]).toEqual([[...CONCURRENCY_MODELS]]);
  });

  it.each(CONCURRENCY_MODELS)('%s: are the same where the sources are given away', async (model) => {
    const [photo = new Uint8Array()] = sources;
    const task = { kind: 'IMAGE', engine: 'SHARP', operations, limits: DEFAULT_IMAGING_LIMITS } as const;
    const executor = createExecutor(model, { workers: 2, preload: ['SHARP'] });
    await executor.start();
    const [expected] = await executor.run([{ ...task, bytes: photo }]);
    // Memory of its own, shared memory, and a part of a larger one.
    const given = [
      new Uint8Array(photo),
      shareBytes(photo),
      Buffer.concat([photo, photo]).subarray(photo.length),
    ];
    const outcomes = await executor.run(
      given.map((bytes) => ({ ...task, bytes })),
      { givesSources: true },
    );
    await executor.stop();
    if (expected?.status !== 'DONE') throw new Error('expected a result');
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'DONE', result: expected.result });
  });

  it('THREADS takes the memory of sources that are given away', async () => {
    const [photo = new Uint8Array()] = sources;
    const bytes = new Uint8Array(photo);
    const executor = createExecutor('THREADS', { workers: 1, preload: ['SHARP'] });
    await executor.start();
    const task: Task = { kind: 'IMAGE', bytes, engine: 'SHARP', operations, limits: DEFAULT_IMAGING_LIMITS };
    const [outcome] = await executor.run([task], { givesSources: true });
    await executor.stop();
    expect(outcome?.status).toBe('DONE');
    expect(bytes.byteLength).toBe(0);
  });

  it('leave the sources as they were', async () => {
    const before = sources.map((bytes) => Buffer.from(bytes).toString('base64'));
    const executor = createExecutor('THREADS', { workers: 2 });
    await executor.start();
    const [bytes = new Uint8Array()] = sources;
    const task = { kind: 'IMAGE', operations, limits: DEFAULT_IMAGING_LIMITS } as const;
    const outcomes = await executor.run(
      IMAGE_ENGINES.flatMap((engine) => [
        { ...task, engine, bytes },
        { ...task, engine, bytes: shareBytes(bytes) },
      ]),
    );
    await executor.stop();
    expect(outcomes.map(({ status }) => status)).toEqual(['DONE', 'DONE', 'DONE', 'DONE']);
    expect(Buffer.compare(shareBytes(bytes), bytes)).toBe(0);
    expect(sources.map((source) => Buffer.from(source).toString('base64'))).toEqual(before);
  });
});
