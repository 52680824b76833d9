import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Benchmark } from '../../../src/entities/benchmarks/benchmark.entity.js';
import { AppError } from '../../../src/errors.js';
import { storageUnavailable } from '../../../src/storage/storage-errors.js';
import { eventually } from '../../support/eventually.js';
import { eachDatabase } from '../../support/servers/database.js';
import { BenchmarkWorld, SIX } from './benchmark-world.js';

const is = (status: string) => (benchmark: Benchmark | null) => benchmark?.status === status;

eachDatabase('the runner of benchmarks', (databases) => {
  let world: BenchmarkWorld;
  let user: string;
  beforeEach(async () => {
    world = new BenchmarkWorld(await databases.open());
    user = await world.user();
  });
  afterEach(() => world.close());

  it('measures every sample once and then releases the machine', async () => {
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

  it('completes with the repetitions that its time limit allows', async () => {
    const { id } = await world.service(() => undefined).run(user, { ...SIX, maxSeconds: 60 });
    // As after an interruption of an hour.
    const startedAt = new Date(Date.now() - 3_600_000);
    await world.fork().nativeUpdate(Benchmark, { id }, { startedAt });
    await world.start();
    expect(await world.until(id, is('COMPLETED'))).toMatchObject({
      repetitions: 1,
      sampleCount: 2,
      completedCells: 2,
      progress: 1,
      measuring: null,
      secondsLeft: null,
    });
    expect(world.errors).toEqual([]);
  });

  it('measures all repetitions that fit its time limit', async () => {
    await world.start();
    const { id } = await world.service().run(user, { ...SIX, maxSeconds: 3_600 });
    expect(await world.until(id, is('COMPLETED'))).toMatchObject({ repetitions: 3, sampleCount: 6 });
  });

  it('runs one at a time on a machine, the oldest first, with any number of processes', async () => {
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

  it('fails with the error of a task, and keeps what was measured', async () => {
    await world.start();
    world.samples.failure = new AppError('UNSUPPORTED_MEDIA', 'not an image');
    const { id } = await world.service().run(user, SIX);
    expect(await world.until(id, is('FAILED'))).toMatchObject({
      error: { code: 'UNSUPPORTED_MEDIA', message: 'not an image' },
      finishedAt: expect.any(Date),
      machine: null,
    });
    expect(world.errors).toEqual([]);
  });

  it('fails where the storage cannot be used, which is not the database', async () => {
    await world.start();
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    world.samples.failure = storageUnavailable(refused);
    const { id } = await world.service().run(user, SIX);
    expect(await world.until(id, is('FAILED'))).toMatchObject({ error: { code: 'SERVER_BUSY' } });
  });

  it('reports an unexpected error to the log alone', async () => {
    await world.start();
    world.samples.failure = new Error('ENOENT /secret/path');
    const { id } = await world.service().run(user, SIX);
    expect(await world.until(id, is('FAILED'))).toMatchObject({
      error: { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' },
    });
    expect(String(world.errors)).toContain('ENOENT');
  });
});
