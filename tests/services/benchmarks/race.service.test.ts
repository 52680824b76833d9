import { expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceService } from '../../../src/services/benchmarks/race.service.js';

const INPUT = { workers: 1, incrementsPerWorker: 1, repetitions: 1, minimumMs: 0 };

it('rejects further race experiments of a user with ten waiting, and accepts those of other users', async () => {
  const held = Promise.withResolvers<void>();
  const ran: number[] = [];
  const em = { insert: async () => undefined, find: async () => [] } as unknown as SqlEntityManager;
  const race = (name: number) =>
    new RaceService(
      em,
      async () => {
        ran.push(name);
        await held.promise;
        return { workers: 1, results: [] };
      },
      2,
    );
  // One runs and ten wait.
  const flood = Array.from({ length: 11 }, (_, i) => race(i).run('ada', INPUT));
  await expect(race(99).run('ada', INPUT)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  const other = race(50).run('bob', INPUT);
  held.resolve();
  await Promise.all([...flood, other]);
  // At most the running experiment and one more of Ada's came before Bob's.
  expect(ran.indexOf(50)).toBeLessThanOrEqual(2);
});
