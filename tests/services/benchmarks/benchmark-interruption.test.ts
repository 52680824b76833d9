import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Benchmark } from '../../../src/entities/benchmarks/benchmark.entity.js';
import { eventually } from '../../support/eventually.js';
import { eachDatabase } from '../../support/servers/database.js';
import { BenchmarkWorld, SIX } from './benchmark-world.js';

const is = (status: string) => (benchmark: Benchmark | null) => benchmark?.status === status;

eachDatabase('a benchmark that was interrupted', (databases) => {
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

  it('continues after a restart from the stored samples', async () => {
    world.samples.hangAt = 4;
    const first = await world.start();
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.samples.begun.length === 5);
    await first.close();
    const stopped = await world.read(id);
    expect(stopped).toMatchObject({ status: 'RUNNING', sampleCount: 4 });

    await world.start();
    const ended = await world.until(id, is('COMPLETED'));
    // The interrupted sample started twice and counts once.
    expect(world.samples.begun).toHaveLength(7);
    expect(ended).toMatchObject({ sampleCount: 6, startedAt: stopped?.startedAt });
    expect(ended?.seq).toBeGreaterThan(stopped?.seq ?? 0);
  });

  it('resumes the benchmark of a dead process when its lease has expired', async () => {
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

  it('leaves a benchmark to its machine, and restarts it if that machine does not return', async () => {
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

  it.each([
    ['before a sample is stored', 7],
    ['when one was, but could not be told', 6],
  ])('goes on when the database could not be used for a moment, %s', async (when, begun) => {
    let transactions = 0;
    const fork = () => {
      const em = world.fork();
      const transactional = em.transactional.bind(em);
      jest.spyOn(em, 'transactional').mockImplementation(async (...given) => {
        const lost = ++transactions === 3;
        if (lost && when.startsWith('before')) throw new Error('Connection terminated unexpectedly');
        const result = await transactional(...given);
        if (lost) throw new Error('Connection terminated unexpectedly');
        return result;
      });
      return em;
    };
    await world.start({ fork });
    const { id } = await world.service().run(user, SIX);
    await eventually(() => world.errors.length > 0);
    world.wake();
    const ended = await world.until(id, (benchmark) => benchmark?.finishedAt != null);
    expect(ended).toMatchObject({ status: 'COMPLETED', sampleCount: 6, error: null });
    expect(world.samples.begun).toHaveLength(begun);
    expect(String(world.errors)).toBe('Error: Connection terminated unexpectedly');
  });
});
