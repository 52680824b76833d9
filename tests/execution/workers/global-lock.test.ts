import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { GlobalLock } from '../../../src/execution/workers/global-lock.js';
import type { LockThreadData } from './lock-thread.js';

describe('the global lock', () => {
  it('is free after release, and reports no wait', () => {
    const memory = GlobalLock.memory();
    const [one, two] = [new GlobalLock(memory, 1), new GlobalLock(memory, 2)];
    expect(one.acquire()).toBe(0);
    one.release();
    expect(two.acquire()).toBe(0);
    two.release();
  });

  it('is released for a holder that died, and for no other thread', () => {
    const memory = GlobalLock.memory();
    const word = new Int32Array(memory);
    new GlobalLock(memory, 7).acquire();
    GlobalLock.abandon(memory, 8);
    expect(Atomics.load(word, 0)).not.toBe(0);
    GlobalLock.abandon(memory, 7);
    expect(Atomics.load(word, 0)).toBe(0);
  });

  it('loses no increment of four threads in a thousand seeds', async () => {
    const [rounds, increments] = [1_000, 20];
    const memory = GlobalLock.memory();
    const counter = GlobalLock.memory();
    const exits = [1, 2, 3, 4].map(async (holder) => {
      const workerData: LockThreadData = { memory, counter, holder, rounds, increments };
      const worker = new Worker(new URL('./lock-thread.js', import.meta.url), { workerData, execArgv: [] });
      return (await once(worker, 'exit'))[0];
    });
    expect(await Promise.all(exits)).toEqual([0, 0, 0, 0]);
    expect(new Int32Array(counter)[0]).toBe(4 * rounds * increments);
  });
});
