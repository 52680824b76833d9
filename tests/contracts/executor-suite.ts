import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Executor, Task, TaskOutcome } from '../../src/execution/executor.js';
import { fault } from '../execution/workers/faulty-task.js';
import { inParallel } from '../support/in-parallel.js';
import { TIME_LIMIT_MS } from './time-limit.js';

const EMPTY: Task = { kind: 'EMPTY' };
const fibonacci = (n: number): Task => ({ kind: 'FIBONACCI', n });
const values = (outcomes: TaskOutcome[]) =>
  outcomes.map((outcome) =>
    outcome.status === 'FAILED'
      ? outcome.error.code
      : outcome.result.kind === 'FIBONACCI'
        ? outcome.result.value
        : outcome.result.kind,
  );

/** Contract of every executor. `create` makes one that runs `faulty-task`. */
export function describeExecutor(
  name: string,
  create: (options: { workers: number; taskTimeoutMs: number }) => Executor,
): void {
  const givenUp = inParallel(async () => {
    const short = create({ workers: 1, taskTimeoutMs: TIME_LIMIT_MS });
    await short.start();
    const outcomes = await short.run([fibonacci(10), fault('NEVER'), fibonacci(11)]);
    await short.stop();
    return outcomes;
  });

  describe(`${name} as an Executor`, () => {
    let executor: Executor;

    beforeAll(async () => {
      executor = create({ workers: 2, taskTimeoutMs: 200_000 });
      const { startupMs } = await executor.start();
      expect(startupMs).toBeGreaterThan(0);
    });
    afterAll(() => executor.stop());

    it('returns outcomes in the order of the tasks', async () => {
      const outcomes = await executor.run([25, 1, 20, 2, 15, 3].map(fibonacci));
      expect(values(outcomes)).toEqual([75025, 1, 6765, 1, 610, 2]);
    });

    it('reports the time of each phase', async () => {
      for (const outcome of await executor.run([22, 22, 22, 22].map(fibonacci))) {
        if (outcome.status === 'FAILED') throw new Error(outcome.error.message);
        expect(outcome.waitMs).toBeGreaterThan(0);
        expect(outcome.computeMs).toBeGreaterThan(0);
        expect(outcome.lockWaitMs).toBeGreaterThanOrEqual(0);
      }
    });

    it('has nothing to do for no tasks', async () => {
      await expect(executor.run([])).resolves.toEqual([]);
    });

    it('runs fewer tasks than it has workers', async () => {
      expect(values(await executor.run([EMPTY]))).toEqual(['EMPTY']);
    });

    it('runs a thousand tiny tasks, and reports each as it ends', async () => {
      const settled: number[] = [];
      const outcomes = await executor.run(Array(1_000).fill(EMPTY), { onSettled: (i) => settled.push(i) });
      expect(new Set(values(outcomes))).toEqual(new Set(['EMPTY']));
      expect(settled.sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
    });

    it('runs several batches at the same time', async () => {
      const batches = [10, 11, 12].map((n) => executor.run([fibonacci(n), fibonacci(n)]));
      expect((await Promise.all(batches)).map(values)).toEqual([
        [55, 55],
        [89, 89],
        [144, 144],
      ]);
    });

    it('loses no other task to one that fails', async () => {
      const outcomes = await executor.run([fibonacci(10), fault('THROW'), fibonacci(11), EMPTY]);
      expect(values(outcomes)).toEqual([55, 'UNSUPPORTED_MEDIA', 89, 'EMPTY']);
      expect(outcomes[1]).toEqual({
        status: 'FAILED',
        error: { code: 'UNSUPPORTED_MEDIA', message: 'no image' },
      });
    });

    it('keeps finished results and cancels the rest when it is aborted', async () => {
      const stop = new AbortController();
      const outcomes = await executor.run([EMPTY, fault('NEVER'), fault('NEVER'), EMPTY, EMPTY], {
        signal: stop.signal,
        onSettled: () => stop.abort(),
      });
      expect(values(outcomes)[0]).toBe('EMPTY');
      expect(values(outcomes).slice(2)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
      expect(values(await executor.run([fibonacci(10), EMPTY, EMPTY]))).toEqual([55, 'EMPTY', 'EMPTY']);
    });

    it('starts nothing when it is aborted before it begins', async () => {
      const outcomes = await executor.run([EMPTY, EMPTY], { signal: AbortSignal.abort() });
      expect(values(outcomes)).toEqual(['CANCELLED', 'CANCELLED']);
    });

    it('aborts one batch and not another', async () => {
      const stop = new AbortController();
      const other = executor.run([fibonacci(20), fibonacci(12), fibonacci(20)]);
      const aborted = executor.run([fault('NEVER'), EMPTY], { signal: stop.signal });
      setTimeout(() => stop.abort(), 100);
      expect(values(await aborted)).toEqual(['CANCELLED', expect.anything()]);
      expect(values(await other)).toEqual([6765, 144, 6765]);
    });

    it('gives up a task that never ends, and continues', async () => {
      const outcomes = await givenUp();
      expect(values(outcomes)).toEqual([55, 'PROCESSING_FAILED', 89]);
      expect(outcomes[1]).toMatchObject({ error: { details: { reason: 'TIMEOUT', retryable: true } } });
    });

    it('can be stopped before it starts, while it works, and twice', async () => {
      const unused = create({ workers: 1, taskTimeoutMs: 200_000 });
      await unused.stop();
      const busy = create({ workers: 2, taskTimeoutMs: 200_000 });
      await busy.start();
      const running = busy.run([fault('NEVER'), fault('NEVER'), EMPTY]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await Promise.all([busy.stop(), busy.stop()]);
      expect(values(await running)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
      await busy.stop();
      expect(values(await busy.run([EMPTY]))).toEqual(['CANCELLED']);
    });

    it('has more workers than tasks without harm', async () => {
      const wide = create({ workers: 4, taskTimeoutMs: 200_000 });
      await wide.start();
      expect(values(await wide.run([fibonacci(10)]))).toEqual([55]);
      await wide.stop();
    });
  });
}
