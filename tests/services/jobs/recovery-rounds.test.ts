import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { MemoryProgress } from '../../../src/progress/memory.progress.js';
import type { Queue } from '../../../src/queue/queue.js';
import { JobRecovery } from '../../../src/services/jobs/job-recovery.js';

// Away from the databases: advanced timers would end their attempts to connect, and their queues' intervals.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('runs one round at a time, and closes after the round in progress', async () => {
  const rounds: PromiseWithResolvers<boolean>[] = [];
  const isCurrent = () => {
    rounds.push(Promise.withResolvers());
    return rounds.at(-1)?.promise ?? Promise.resolve(false);
  };
  const recovery = new JobRecovery({
    // A round that finds a newer release ends before it uses one of the others.
    release: { isCurrent, foundNewer: () => undefined },
    fork: () => {
      throw new Error('The round reads rows');
    },
    queue: {} as Queue,
    progress: new MemoryProgress(),
    onError: (error) => {
      throw error;
    },
  });
  const endRound = async () => {
    rounds.at(-1)?.resolve(false);
    await jest.advanceTimersByTimeAsync(0);
  };
  const started = recovery.start();
  await endRound();
  await started;
  await jest.advanceTimersByTimeAsync(180_000);
  expect(rounds).toHaveLength(2);
  await endRound();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(rounds).toHaveLength(3);

  let closed = false;
  const closing = recovery.close().then(() => {
    closed = true;
  });
  await jest.advanceTimersByTimeAsync(60_000);
  expect([closed, rounds.length]).toEqual([false, 3]);
  await endRound();
  await closing;
});
