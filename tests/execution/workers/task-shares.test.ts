import { describe, expect, it } from '@jest/globals';
import { runTask } from '../../../src/execution/workers/run-task.js';

/** Counts how often it was read. */
class CountingLock {
  taken = 0;
  acquire(): number {
    this.taken++;
    return 0;
  }
  release(): void {}
}

const task = { kind: 'FIBONACCI', n: 12 } as const;

describe('a task with a share of locking', () => {
  it.each([
    [0, 0],
    [0.15, 3],
    [0.25, 5],
    [0.5, 10],
    [1, 20],
  ])('holds the lock in a share of %d of its 20 slices: %d', async (lockShare, taken) => {
    const lock = new CountingLock();
    expect(await runTask({ ...task, lockShare }, lock)).toMatchObject({ status: 'DONE' });
    expect(lock.taken).toBe(taken);
  });

  it('holds it in every step without a share', async () => {
    const lock = new CountingLock();
    await runTask(task, lock);
    expect(lock.taken).toBe(1);
  });

  it('has the same result at every share', async () => {
    const values = await Promise.all([0, 0.5, 1].map((lockShare) => runTask({ ...task, lockShare })));
    expect(new Set(values.map((report) => JSON.stringify('result' in report && report.result))).size).toBe(1);
  });
});

it('a task that waits computes fewer slices, and holds no lock while it waits', async () => {
  const lock = new CountingLock();
  expect(await runTask({ ...task, waitShare: 0.9 }, lock)).toMatchObject({ status: 'DONE' });
  expect(lock.taken).toBe(2);
});

it('a task with a payload returns as many bytes', async () => {
  const report = await runTask({ ...task, bytes: new Uint8Array([1, 2, 3]) });
  expect(report).toMatchObject({ result: { value: 144, bytes: new Uint8Array([1, 2, 3]) } });
});
