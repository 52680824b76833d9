import { mkdir, mkdtemp, readdir, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MachineLock } from '../../src/database/machine-lock.js';
import { measuringPath, WaitingLine } from '../../src/execution/machine/waiting-line.js';
import { eventually } from '../support/eventually.js';

describe('the lock of the machine', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'machine-lock-'));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  const line = () => `${measuringPath(folder)}.line`;
  /** Sets the time of the latest request of every waiting program back. */
  const age = async (seconds: number) => {
    const past = Date.now() / 1000 - seconds;
    for (const name of await readdir(line())) await utimes(join(line(), name), past, past);
  };

  it('is taken in the order in which programs asked', async () => {
    const [holder, second, third] = [
      new MachineLock(folder),
      new MachineLock(folder),
      new MachineLock(folder),
    ];
    const release = await holder.tryAcquire('a benchmark');
    expect(await second.tryAcquire('a benchmark')).toBeNull();
    // Places in the line are in the order of their milliseconds.
    const asked = Date.now();
    await eventually(() => Date.now() > asked);
    expect(await third.tryAcquire('a benchmark')).toBeNull();
    await release?.();
    expect(await third.tryAcquire('a benchmark')).toBeNull();
    const next = await second.tryAcquire('a benchmark');
    expect(next).not.toBeNull();
    await next?.();
    const last = await third.tryAcquire('a benchmark');
    expect(last).not.toBeNull();
    await last?.();
  });

  it('goes round among programs that ask again after their turn, also where the clock is set back', async () => {
    let now = Date.now();
    jest.spyOn(Date, 'now').mockImplementation(() => now--);
    const programs = [0, 1, 2].map(() => new MachineLock(folder));
    const order: number[] = [];
    let end: (() => Promise<void>) | null = null;
    const ask = async (index: number) => {
      const acquired = (await programs[index]?.tryAcquire('a benchmark')) ?? null;
      if (acquired === null) return;
      end = acquired;
      order.push(index);
    };
    for (const index of [0, 1, 2]) await ask(index);
    for (let turn = 0; turn < 5; turn++) {
      expect(await programs[order.at(-1) ?? 0]?.isAwaited()).toBe(true);
      await (end as (() => Promise<void>) | null)?.();
      for (const index of [order.at(-1) ?? 0, 2, 1, 0]) await ask(index);
    }
    expect(order).toEqual([0, 1, 2, 0, 1, 2]);
    await (end as (() => Promise<void>) | null)?.();
  });

  it.each([
    ['ended', () => age(60)],
    ['gave up its place', (waiting: MachineLock) => waiting.withdraw()],
  ])('does not wait for a program that %s', async (_what, end) => {
    const [holder, second, third] = [
      new MachineLock(folder),
      new MachineLock(folder),
      new MachineLock(folder),
    ];
    const release = await holder.tryAcquire('a benchmark');
    await second.tryAcquire('a benchmark');
    await release?.();
    await end(second);
    const next = await third.tryAcquire('a benchmark');
    expect(next).not.toBeNull();
    await next?.();
    expect(await readdir(line())).toEqual([]);
  });

  it('names its holder while it is held', async () => {
    const seen = new WaitingLine(folder);
    expect(await seen.holder()).toBeNull();
    const release = await new MachineLock(folder).tryAcquire('a race experiment');
    expect(await seen.holder()).toEqual({
      pid: process.pid,
      what: 'a race experiment',
      since: expect.stringMatching(/^\d{4}-/),
    });
    await release?.();
    expect(await seen.holder()).toBeNull();
  });

  it('follows no link of another user', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, line());
    await expect(new MachineLock(folder).tryAcquire('a benchmark')).rejects.toThrow(
      'belongs to another user',
    );
    expect(await readdir(elsewhere)).toEqual([]);
  });
});
