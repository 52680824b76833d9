import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Executor, Task } from '../../src/execution/executor.js';
import type { ExecutorOptions } from '../../src/execution/models/create-executor.js';
import { fault } from '../execution/workers/faulty-task.js';
import { inParallel } from '../support/in-parallel.js';
import { TIME_LIMIT_MS } from './time-limit.js';

interface SupervisedOptions extends Pick<ExecutorOptions, 'workers' | 'stderr'> {
  taskTimeoutMs: number;
  heapLimitMb: number;
}

/** Contract of executors whose workers can be lost. */
export function describeSupervision(name: string, create: (options: SupervisedOptions) => Executor): void {
  const good: Task = { kind: 'FIBONACCI', n: 10 };
  const blocked = inParallel(async () => {
    const impatient = create({ workers: 2, taskTimeoutMs: TIME_LIMIT_MS, heapLimitMb: 64 });
    await impatient.start();
    const outcomes = await impatient.run([good, fault('BLOCK'), good, good]);
    await impatient.stop();
    return outcomes;
  });

  describe(`${name} loses a worker`, () => {
    const done = { status: 'DONE', result: { kind: 'FIBONACCI', value: 55 } };
    let executor: Executor;

    beforeAll(async () => {
      // Jest takes V8's report of a full heap on its own standard error for the end of its worker.
      executor = create({ workers: 2, taskTimeoutMs: 200_000, heapLimitMb: 64, stderr: 'ignore' });
      await executor.start();
    });
    afterAll(() => executor.stop());

    it.each([
      ['EXIT', 'WORKER_EXITED'],
      ['UNCAUGHT', 'WORKER_EXITED'],
      ['HEAP', 'OUT_OF_MEMORY'],
    ] as const)('to %s, which fails its task alone with %s', async (name, reason) => {
      const outcomes = await executor.run([good, fault(name), good, good, good]);
      expect(outcomes.map(({ status }) => status)).toEqual(['DONE', 'FAILED', 'DONE', 'DONE', 'DONE']);
      expect(outcomes[1]).toMatchObject({
        error: { code: 'PROCESSING_FAILED', details: { reason, retryable: true } },
      });
      expect(outcomes[4]).toMatchObject(done);
    });

    it('to BLOCK, which fails its task alone with TIMEOUT', async () => {
      const outcomes = await blocked();
      expect(outcomes[1]).toMatchObject({ error: { details: { reason: 'TIMEOUT', retryable: true } } });
      for (const i of [0, 2, 3]) expect(outcomes[i]).toMatchObject(done);
    });

    it('again and again, and both at once', async () => {
      const tasks = Array.from({ length: 24 }, (_, i) => (i % 3 === 0 ? good : fault('EXIT')));
      const outcomes = await executor.run(tasks);
      outcomes.forEach((outcome, i) => {
        expect(outcome).toMatchObject(
          i % 3 === 0 ? done : { error: { details: { reason: 'WORKER_EXITED' } } },
        );
      });
    });

    it('that computes without a pause, when the task is aborted', async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 100);
      const outcomes = await executor.run([fault('HANG'), good], { signal: stop.signal });
      expect(outcomes[0]).toMatchObject({ error: { code: 'CANCELLED' } });
      expect(await executor.run([good])).toMatchObject([done]);
    });

    it('while it stops, computing without a pause', async () => {
      const busy = create({ workers: 2, taskTimeoutMs: 200_000, heapLimitMb: 64 });
      await busy.start();
      const running = busy.run([fault('HANG'), fault('HANG'), good]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await busy.stop();
      for (const outcome of await running) expect(outcome).toMatchObject({ error: { code: 'CANCELLED' } });
    });
  });

  describe(`${name} whose workers cannot be started`, () => {
    it('fails at once', async () => {
      const executor = create({ workers: 2, taskTimeoutMs: 1_500, heapLimitMb: -1 });
      await expect(executor.start()).rejects.toMatchObject({ details: { reason: 'WORKER_EXITED' } });
      await executor.stop();
    });
  });
}
