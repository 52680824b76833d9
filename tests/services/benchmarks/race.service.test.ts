import { expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceService } from '../../../src/services/benchmarks/race.service.js';

const INPUT = { workers: 1, incrementsPerWorker: 1, repetitions: 1 };

it('one user’s many race experiments are refused to that user alone', async () => {
  const held = Promise.withResolvers<void>();
  const ran: number[] = [];
  const em = { upsert: async () => undefined } as unknown as SqlEntityManager;
  const race = (name: number) =>
    new RaceService(em, async () => {
      ran.push(name);
      await held.promise;
      return { workers: 1, results: [] };
    });
  // One that runs, and ten that wait.
  const flood = Array.from({ length: 11 }, (_, i) => race(i).run('ada', INPUT));
  await expect(race(99).run('ada', INPUT)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  const other = race(50).run('bob', INPUT);
  held.resolve();
  await Promise.all([...flood, other]);
  // Bob’s came when the one that ran and one more of Ada’s had ended at the latest.
  expect(ran.indexOf(50)).toBeLessThanOrEqual(2);
});
