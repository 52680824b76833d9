import { describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { Task } from '../../../src/execution/executor.js';
import { createExecutor } from '../../../src/execution/models/create-executor.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../../../src/imaging/engine-name.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { witnessedSource } from '../workers/step-witness.js';

const TASKS = 4;
/** The decoder, each of these, the encoder on JIMP; a pass, the kernel of the second and a pass on SHARP. */
const OPERATIONS: Operation[] = [
  { kind: 'BLUR', params: { sigma: 1 } },
  { kind: 'GRAYSCALE', params: {} },
];
const STEPS: Record<ImageEngineName, number> = { JIMP: 4, SHARP: 3 };
/** Long enough for the other worker to enter if there is no lock. */
const UNTIL_IT_COMES_MS = 60_000;
/** Time in which a second worker would enter if the lock did not keep it out. */
const LONG_ENOUGH_MS = 30;

/** Steps of two workers on images, and the lock wait that they reported. */
async function observe(model: 'THREADS' | 'THREADS_LOCKED', engine: ImageEngineName, patienceMs: number) {
  const source = witnessedSource(await photoLikeJpeg(1, 96, 64), patienceMs);
  const task: Task = {
    kind: 'IMAGE',
    bytes: source.bytes,
    engine,
    operations: OPERATIONS,
    limits: DEFAULT_IMAGING_LIMITS,
  };
  const taskModule = new URL('../workers/witnessed-task.js', import.meta.url);
  const executor = createExecutor(model, { workers: 2, preload: [engine], taskModule });
  await executor.start();
  const outcomes = await executor.run(Array(TASKS).fill(task));
  await executor.stop();
  let lockWaitMs = 0;
  for (const outcome of outcomes) {
    if (outcome.status === 'FAILED') throw new Error(outcome.error.message);
    lockWaitMs += outcome.lockWaitMs;
  }
  return { ...source.seen(), lockWaitMs };
}

describe.each(IMAGE_ENGINES)('the steps of two workers, on %s', (engine) => {
  it('never overlap under THREADS_LOCKED, whose workers wait for each other', async () => {
    const { steps, overlaps, lockWaitMs } = await observe('THREADS_LOCKED', engine, LONG_ENOUGH_MS);
    expect([steps, overlaps]).toEqual([TASKS * STEPS[engine], 0]);
    expect(lockWaitMs).toBeGreaterThan(0);
  });

  it('do overlap under THREADS, whose workers wait for nothing', async () => {
    const { steps, overlaps, lockWaitMs } = await observe('THREADS', engine, UNTIL_IT_COMES_MS);
    expect(steps).toBe(TASKS * STEPS[engine]);
    expect(overlaps).toBeGreaterThan(0);
    expect(lockWaitMs).toBe(0);
  });
});
