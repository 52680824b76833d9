import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Benchmark } from '../../../src/entities/benchmarks/benchmark.entity.js';
import { eventually } from '../../support/eventually.js';
import { eachDatabase } from '../../support/servers/database.js';
import { BenchmarkWorld, SIX } from './benchmark-world.js';

const is = (status: string) => (benchmark: Benchmark | null) => benchmark?.status === status;

eachDatabase('the runner of benchmarks, after a crash', (databases) => {
  let world: BenchmarkWorld;
  let user: string;
  beforeEach(async () => {
    world = new BenchmarkWorld(await databases.open());
    user = await world.user();
  });
  afterEach(() => world.close());

  it.each([
    ['resumes where the machine reports 1 % more memory than before', 1.01, 7],
    ['starts again where it reports 5 % more', 1.05, 5 + 6],
  ])('%s', async (_what, factor, begun) => {
    world.samples.hangAt = 4;
    const first = await world.start();
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.samples.begun.length === 5);
    await first.close();
    const environment = (await world.read(id))?.environment;
    if (!environment) throw new Error('It has begun');
    const totalMemoryBytes = environment.totalMemoryBytes / factor;
    await world.change(id, { environment: { ...environment, totalMemoryBytes } });

    await world.start();
    expect(await world.until(id, is('COMPLETED'))).toMatchObject({ sampleCount: 6 });
    expect(world.samples.begun).toHaveLength(begun);
  });

  it('removes the images of dead processes, and keeps those of running ones', async () => {
    const { id } = await world.service().run(user, SIX);
    const [died, elsewhere] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const name of [died, elsewhere, 'not ours']) {
      await mkdir(join(world.sourcesFolder, name), { recursive: true });
      await writeFile(join(world.sourcesFolder, name, '0'), 'an image');
    }
    const other = await world.service().run(user, SIX);
    const leaseUntil = new Date(Date.now() + 60_000);
    await world.change(other.id, { status: 'RUNNING', machine: 'there', lease: elsewhere, leaseUntil });
    // This sample was running; it starts again under another lease.
    await world.change(id, { status: 'RUNNING', machine: 'here', lease: died, leaseUntil: new Date(0) });
    world.samples.hangAt = 1;
    await world.start();
    await eventually(() => world.samples.begun.length === 2);
    expect((await readdir(world.sourcesFolder)).sort()).toEqual([elsewhere, 'not ours'].sort());
    expect(await readdir(join(world.sourcesFolder, elsewhere))).toEqual(['0']);
  });

  it('removes the images of a benchmark that was cancelled meanwhile, also when there is nothing to run', async () => {
    await mkdir(join(world.sourcesFolder, crypto.randomUUID()), { recursive: true });
    await world.start();
    await eventually(async () => (await readdir(world.sourcesFolder)).length === 0);
  });
});
