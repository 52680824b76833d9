import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Benchmark } from '../../src/entities/benchmark.entity.js';
import { AppError } from '../../src/errors.js';
import { eachDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { BenchmarkWorld, SIX } from './benchmark-world.js';

const is = (status: string) => (benchmark: Benchmark | null) => benchmark?.status === status;

eachDatabase('the runner of benchmarks', (databases) => {
  let world: BenchmarkWorld;
  let user: string;
  beforeEach(async () => {
    world = new BenchmarkWorld(await databases.open());
    user = await world.user();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.close();
  });

  it('measures every sample once, and then lets the machine go', async () => {
    await world.start();
    const { id } = await world.service().run(user, SIX);
    expect(await world.until(id, is('COMPLETED'))).toMatchObject({
      sampleCount: 6,
      completedCells: 2,
      totalCells: 2,
      progress: 1,
      error: null,
      machine: null,
      lease: null,
      environment: { appVersion: '1' },
      startedAt: expect.any(Date),
      finishedAt: expect.any(Date),
    });
    const cells = await world.results().cells((await world.read(id)) as Benchmark);
    expect(cells.map(({ model, samplesMs }) => [model, samplesMs.length])).toEqual([
      ['SYNC', 3],
      ['THREADS', 3],
    ]);
    expect(world.samples.begun).toHaveLength(6);
    expect(world.errors).toEqual([]);
  });

  it('runs one at a time on a machine, the oldest first, whatever processes there are', async () => {
    await world.start();
    await world.start();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await world.service().run(user, SIX)).id);
    const ended = await Promise.all(ids.map((id) => world.until(id, is('COMPLETED'))));
    expect(world.samples.mostRunning).toBe(1);
    expect(world.samples.begun).toHaveLength(18);
    const order = ended.map((benchmark) => benchmark?.finishedAt?.getTime() ?? 0);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(world.errors).toEqual([]);
  });

  it('stops in the middle of a sample when it is cancelled', async () => {
    world.samples.hangAt = 2;
    await world.start();
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.samples.begun.length === 3);
    await world.service().cancel(user, id);
    await eventually(() => world.samples.running === 0);
    expect(await world.read(id)).toMatchObject({ status: 'CANCELLED', sampleCount: 2, machine: null });

    const next = await world.service().run(user, SIX);
    await world.until(next.id, is('COMPLETED'));
    expect((await world.read(id))?.sampleCount).toBe(2);
    expect(world.errors).toEqual([]);
  });

  it('stops when it is deleted', async () => {
    world.samples.hangAt = 1;
    await world.start();
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.samples.begun.length === 2);
    expect(await world.service().delete(user, id)).toBe(id);
    await eventually(() => world.samples.running === 0);
    expect(await world.read(id)).toBeNull();
    const next = await world.service().run(user, SIX);
    await world.until(next.id, is('COMPLETED'));
    expect(world.errors).toEqual([]);
  });

  it('goes on after a restart from the samples it has', async () => {
    world.samples.hangAt = 4;
    const first = await world.start();
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.samples.begun.length === 5);
    await first.close();
    const stopped = await world.read(id);
    expect(stopped).toMatchObject({ status: 'RUNNING', sampleCount: 4 });

    await world.start();
    const ended = await world.until(id, is('COMPLETED'));
    // The one that was stopped was begun twice, and counts once.
    expect(world.samples.begun).toHaveLength(7);
    expect(ended).toMatchObject({ sampleCount: 6, startedAt: stopped?.startedAt });
    expect(ended?.seq).toBeGreaterThan(stopped?.seq ?? 0);
  });

  it('takes up what a process that died held, when its lease has ended', async () => {
    const { id } = await world.service().run(user, SIX);
    const lease = crypto.randomUUID();
    await world.change(id, {
      status: 'RUNNING',
      machine: 'here',
      lease,
      leaseUntil: new Date(Date.now() + 60_000),
    });
    const runner = await world.start();
    const other = await world.service().run(user, SIX);
    await runner.close();
    expect([(await world.read(id))?.lease, (await world.read(other.id))?.status]).toEqual([lease, 'QUEUED']);

    await world.change(id, { leaseUntil: new Date(Date.now() - 1) });
    await world.start();
    await world.until(id, is('COMPLETED'));
    await world.until(other.id, is('COMPLETED'));
  });

  it.each([
    ['this machine', 'here'],
    ['this machine under an earlier name', 'before'],
  ])('needs no lease of %s to end where no other process shares the database', async (_whose, machine) => {
    const { id } = await world.service().run(user, SIX);
    const leaseUntil = new Date(Date.now() + 60_000);
    await world.change(id, { status: 'RUNNING', machine, lease: crypto.randomUUID(), leaseUntil });
    await world.start({ alone: true });
    await world.until(id, is('COMPLETED'));
  });

  it('leaves the benchmark of another machine to it, and begins it anew when that stays away', async () => {
    world.samples.hangAt = 3;
    const there = await world.start({ machine: 'there', appVersion: '0' });
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.samples.begun.length === 4);
    await there.close();
    const early = await world.start();
    await early.close();
    expect(await world.read(id)).toMatchObject({ machine: 'there', sampleCount: 3 });

    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 11 * 60_000);
    await world.start();
    const ended = await world.until(id, is('COMPLETED'));
    expect(ended).toMatchObject({ sampleCount: 6, environment: { appVersion: '1' } });
    expect(world.samples.begun).toHaveLength(4 + 6);
  });

  it('fails with the error of a task, and keeps what was measured', async () => {
    await world.start();
    world.samples.failure = new AppError('UNSUPPORTED_MEDIA', 'not a picture');
    const { id } = await world.service().run(user, SIX);
    expect(await world.until(id, is('FAILED'))).toMatchObject({
      error: { code: 'UNSUPPORTED_MEDIA', message: 'not a picture' },
      finishedAt: expect.any(Date),
      machine: null,
    });
    expect(world.errors).toEqual([]);
  });

  it('tells nobody but the log of an error that it did not expect', async () => {
    await world.start();
    world.samples.failure = new Error('ENOENT /secret/path');
    const { id } = await world.service().run(user, SIX);
    expect(await world.until(id, is('FAILED'))).toMatchObject({
      error: { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' },
    });
    expect(String(world.errors)).toContain('ENOENT');
  });
});
