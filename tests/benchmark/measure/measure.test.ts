import { describe, expect, it } from '@jest/globals';
import type { Cell } from '../../../src/benchmark/cell.js';
import { measureSample } from '../../../src/benchmark/measure/measure.js';
import type { Executor } from '../../../src/execution/executor.js';
import { meterFigures, virtualSample } from '../virtual-sample.js';

const CELL = { model: 'THREADS_LOCKED', engine: null, imageCount: 10, workers: 2 } as const;

describe('one sample', () => {
  it('keeps start-up, lock, compute and dispatch apart', async () => {
    const { landed } = await virtualSample(CELL, 0, { taskMs: 20, lockWaitMs: 10, dispatchMs: 0.5 });
    // A start of 40 ms and four warm-up tasks on two lanes, of (20 + 10) / 2 + 0.5 ms each.
    expect(landed).toMatchObject({
      startupMs: 102,
      wallMs: 155,
      computeMs: 200,
      lockWaitMs: 100,
      dispatchMs: 5,
    });
  });

  it('warms up every worker, sends the same number of empty tasks, then the batch, and stops', async () => {
    const { executor } = await virtualSample(CELL, 0, { taskMs: 1 });
    expect(executor.batches.map((batch) => batch.map(({ kind }) => kind[0]).join(''))).toEqual([
      'FFFF',
      'EEEEEEEEEE',
      'FFFFFFFFFF',
    ]);
    expect(executor.stopped).toBe(true);
  });

  it('warms up as many threads as ASYNC has native code compute on', async () => {
    const warmedUp = async (cell: Partial<Cell>) => {
      const { executor } = await virtualSample({ ...CELL, ...cell }, 0, { taskMs: 1 });
      return executor.batches[0]?.length;
    };
    expect(await warmedUp({ model: 'ASYNC', engine: 'SHARP', workers: 4 })).toBe(8);
    expect(await warmedUp({ model: 'ASYNC', engine: 'SHARP', workers: 4, imageCount: 3 })).toBe(6);
    expect(await warmedUp({ model: 'ASYNC', engine: 'JIMP', workers: 4 })).toBe(2);
    expect(await warmedUp({ model: 'SYNC', engine: 'SHARP', workers: 4 })).toBe(2);
  });

  it('digests the outputs in order', async () => {
    const digest = async (value: number) =>
      (await virtualSample(CELL, 0, { taskMs: 1, value })).landed.outputDigest;
    expect(await digest(1)).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest(1)).toBe(await digest(1));
    expect(await digest(1)).not.toBe(await digest(2));
  });

  it('fails with the error of a task, and stops the workers', async () => {
    let stopped = false;
    const executor: Executor = {
      model: 'SYNC',
      workers: 1,
      start: async () => ({ startupMs: 0 }),
      run: async () => [{ status: 'FAILED', error: { code: 'UNSUPPORTED_MEDIA', message: 'not an image' } }],
      stop: async () => {
        stopped = true;
      },
    };
    const meters = { begin: async () => undefined, end: async () => meterFigures() };
    await expect(measureSample(executor, [{ kind: 'EMPTY' }], meters)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
    });
    expect(stopped).toBe(true);
  });
});
