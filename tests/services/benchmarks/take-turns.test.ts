import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { MachineLock } from '../../../src/database/machine-lock.js';
import type { Benchmark } from '../../../src/entities/benchmarks/benchmark.entity.js';
import { eventually, readUntil } from '../../support/eventually.js';
import { VirtualRunner } from '../../support/fakes/virtual-runner.js';
import { eachDatabase } from '../../support/servers/database.js';
import { BenchmarkWorld, SIX } from './benchmark-world.js';

const completed = (benchmark: Benchmark | null) => benchmark?.status === 'COMPLETED';
/** Samples of a repetition of SIX. */
const CELLS = 2;

eachDatabase('benchmarks of two programs on one machine', (databases) => {
  let folder: string;
  let worlds: [BenchmarkWorld, BenchmarkWorld];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'take-turns-'));
    worlds = [new BenchmarkWorld(await databases.open()), new BenchmarkWorld(await databases.open())];
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(worlds.map((world) => world.close()));
    await rm(folder, { recursive: true, force: true });
  });

  /** A benchmark of the first program after its first repetition, during the turn of another program. */
  async function passed(maxSeconds?: number) {
    const [world] = worlds;
    const gate = Promise.withResolvers<void>();
    world.samples.held.set(0, gate.promise);
    const runner = await world.start({ turns: new MachineLock(folder) });
    const user = await world.user();
    const { id } = await world.service().run(user, { ...SIX, maxSeconds });
    await eventually(() => world.samples.begun.length === 1);
    const other = new MachineLock(folder);
    expect(await other.tryAcquire('a benchmark')).toBeNull();
    gate.resolve();
    const end = await readUntil(
      () => other.tryAcquire('a benchmark'),
      (acquired) => acquired !== null,
    );
    expect(world.samples.begun).toHaveLength(CELLS);
    await world.until(id, (benchmark) => benchmark?.measuring === null);
    await eventually(() => other.isAwaited());
    return { world, runner, user, id, other, end: async () => end?.() };
  }

  it('are measured in turn, one repetition each, and never at the same time', async () => {
    const both = new VirtualRunner();
    const order: number[] = [];
    const gate = Promise.withResolvers<void>();
    both.held.set(0, gate.promise);
    const ids = [];
    for (const [index, world] of worlds.entries()) {
      await world.start({
        turns: new MachineLock(folder),
        sampleRunner: () => ({
          measure: (cell, options) => {
            order.push(index);
            return both.measure(cell, options);
          },
        }),
      });
      ids.push((await world.service().run(await world.user(), SIX)).id);
      if (index === 0) await eventually(() => both.begun.length === 1);
    }
    // The second program has a place in the line.
    const seen = new MachineLock(folder);
    await eventually(() => seen.isAwaited());
    gate.resolve();
    for (const [index, world] of worlds.entries()) await world.until(ids[index] ?? '', completed);
    expect(order).toEqual([0, 1, 0, 1, 0, 1].flatMap((program) => [program, program]));
    expect(both.mostRunning).toBe(1);
    expect(worlds.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it('leave the turns of the other program out of their time limit', async () => {
    const { world, id, end } = await passed(60);
    const hourLater = Date.now() + 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(hourLater);
    await end();
    const ended = await world.until(id, completed);
    expect(ended).toMatchObject({ sampleCount: 6, repetitions: 3, progress: 1 });
    expect(ended?.waitedMs).toBeGreaterThan(3_000_000);
  });

  it('give up the place of one that is cancelled during the turn of the other program', async () => {
    const { world, user, id, other, end } = await passed();
    await world.service().cancel(user, id);
    await eventually(async () => !(await other.isAwaited()));
    await end();
    expect(await world.read(id)).toMatchObject({ status: 'CANCELLED', sampleCount: CELLS });
  });

  it('resume one that was interrupted during the turn of the other program', async () => {
    const { world, runner, id, other, end } = await passed();
    await runner.close();
    expect(await other.isAwaited()).toBe(false);
    expect(await world.read(id)).toMatchObject({ status: 'RUNNING', sampleCount: CELLS });
    await end();
    await world.start({ turns: new MachineLock(folder) });
    expect(await world.until(id, completed)).toMatchObject({ sampleCount: 6 });
    expect(world.samples.begun).toHaveLength(6);
  });

  it('are claimed by no second process of the same machine that shares the database', async () => {
    const { world, user, id, other, end } = await passed();
    const lock = new MachineLock(folder);
    const statuses: unknown[] = [];
    const turns = {
      tryAcquire: async (what: string) => {
        statuses.push((await world.read(id))?.status);
        return lock.tryAcquire(what);
      },
      isAwaited: () => lock.isAwaited(),
      withdraw: () => lock.withdraw(),
    };
    await world.start({ turns });
    const { id: next } = await world.service().run(user, SIX);
    await end();
    await world.until(id, completed);
    await world.until(next, completed);
    expect(world.samples.mostRunning).toBe(1);
    // It asks for no turn that it could not use.
    expect(statuses).not.toContain('RUNNING');
    expect(await other.isAwaited()).toBe(false);
  });
});
