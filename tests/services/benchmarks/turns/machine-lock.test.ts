import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { machineLockPath, tryLockFile } from '../../../../src/database/file-lock.js';
import { MachineLock } from '../../../../src/database/machine-lock.js';
import type { Benchmark } from '../../../../src/entities/benchmarks/benchmark.entity.js';
import type { MachineTurn } from '../../../../src/services/benchmarks/turns/machine-turn.js';
import { eventually } from '../../../support/eventually.js';
import { eachDatabase } from '../../../support/servers/database.js';
import { BenchmarkWorld, SIX } from '../benchmark-world.js';

const LOCK_HOLDER = new URL('../../../database/lock-holder.js', import.meta.url);
const completed = (benchmark: Benchmark | null) => benchmark?.status === 'COMPLETED';

eachDatabase('the lock of the machine', (databases) => {
  let world: BenchmarkWorld;
  let folder: string;
  let path: string;
  let looks: number;
  const turns: MachineTurn = {
    tryAcquire: () => {
      looks++;
      return lock.tryAcquire('a benchmark');
    },
    isAwaited: () => lock.isAwaited(),
    withdraw: () => lock.withdraw(),
  };
  let lock: MachineLock;
  beforeEach(async () => {
    world = new BenchmarkWorld(await databases.open());
    folder = await mkdtemp(join(tmpdir(), 'machine-lock-'));
    path = machineLockPath(folder);
    lock = new MachineLock(folder);
    looks = 0;
  });
  afterEach(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps a benchmark queued while another program measures, until that program is killed', async () => {
    const holder = fork(LOCK_HOLDER, [path], { execArgv: [] });
    await once(holder, 'message');
    await world.start({ turns });
    const { id } = await world.service().run(await world.user(), SIX);
    await eventually(() => looks > 0);
    expect(await world.read(id)).toMatchObject({ status: 'QUEUED', startedAt: null });
    expect(world.samples.begun).toEqual([]);

    // It retries without a call.
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await world.until(id, completed)).toMatchObject({ sampleCount: 6 });
    expect(world.errors).toEqual([]);
  });

  it('is free between two benchmarks and after the last one', async () => {
    await world.start({ turns });
    const user = await world.user();
    const first = await world.service().run(user, SIX);
    const second = await world.service().run(user, SIX);
    await world.until(first.id, completed);
    await world.until(second.id, completed);
    let release: Awaited<ReturnType<typeof tryLockFile>> = null;
    await eventually(async () => {
      release ??= await tryLockFile(path);
      return release !== null;
    });
    await (release as (() => Promise<void>) | null)?.();
  });

  it('stops no benchmark where its file cannot be used: the error is reported, and the link not followed', async () => {
    const target = join(folder, 'target');
    await writeFile(target, 'mine');
    await symlink(target, path);
    await world.start({ turns });
    const { id } = await world.service().run(await world.user(), SIX);
    expect(await world.until(id, completed)).toMatchObject({ sampleCount: 6 });
    expect(world.errors[0]).toMatchObject({ message: expect.stringContaining('cannot be opened: ELOOP') });
  });
});
