import { fork } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { machineLockPath, tryLockFile } from '../../src/database/file-lock.js';
import { eventually } from '../support/eventually.js';

describe('the lock of a file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'file-lock-'));
    path = machineLockPath(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has one holder at a time', async () => {
    const release = await tryLockFile(path);
    expect(await tryLockFile(path)).toBeNull();
    await release?.();
    const again = await tryLockFile(path);
    expect(again).not.toBeNull();
    await again?.();
  });

  it('is refused without blocking the event loop, for which SQLite would wait 5 s', async () => {
    const release = await tryLockFile(path);
    const longestBlockMs = async () => {
      const loop = monitorEventLoopDelay();
      loop.enable();
      await delay(50);
      expect(await tryLockFile(path)).toBeNull();
      await delay(50);
      loop.disable();
      return loop.max / 1e6;
    };
    // A machine that stalls blocks some attempts, SQLite would block each.
    const blocksMs: number[] = [];
    for (let attempt = 0; attempt < 10 && Math.min(...blocksMs) >= 4_000; attempt++)
      blocksMs.push(await longestBlockMs());
    expect(Math.min(...blocksMs)).toBeLessThan(4_000);
    await release?.();
  });

  it('is released when its holder is killed', async () => {
    const holder = fork(new URL('./lock-holder.js', import.meta.url), [path], { execArgv: [] });
    await new Promise((resolve) => holder.once('message', resolve));
    expect(await tryLockFile(path)).toBeNull();
    holder.kill('SIGKILL');
    let release: Awaited<ReturnType<typeof tryLockFile>> = null;
    await eventually(async () => {
      release ??= await tryLockFile(path);
      return release !== null;
    });
    await (release as (() => Promise<void>) | null)?.();
  });

  it('follows no link', async () => {
    const target = join(folder, 'target');
    await writeFile(target, 'mine');
    await symlink(target, path);
    await expect(tryLockFile(path)).rejects.toMatchObject({
      message: expect.stringContaining('cannot be opened: ELOOP'),
    });
  });
});
