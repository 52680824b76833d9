import { expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceService } from '../../../src/services/benchmarks/race.service.js';

const INPUT = { workers: 1, incrementsPerWorker: 1, repetitions: 1, minimumMs: 0 };

it('rejects further race experiments of a user with ten waiting, and accepts those of other users', async () => {
  const held = Promise.withResolvers<void>();
  const ran: number[] = [];
  const em = { insert: async () => undefined, find: async () => [] } as unknown as SqlEntityManager;
  const race = (name: number) =>
    new RaceService(em, {
      runRace: async () => {
        ran.push(name);
        await held.promise;
        return { workers: 1, results: [] };
      },
      processors: 2,
      onError: () => undefined,
    });
  // One runs and ten wait.
  const flood = Array.from({ length: 11 }, (_, i) => race(i).run('ada', INPUT));
  await expect(race(99).run('ada', INPUT)).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  const other = race(50).run('bob', INPUT);
  held.resolve();
  await Promise.all([...flood, other]);
  // At most the running experiment and one more of Ada's came before Bob's.
  expect(ran.indexOf(50)).toBeLessThanOrEqual(2);
});

it('runs a race experiment in the turn of this program, and ends the turn after a failure too', async () => {
  const events: string[] = [];
  let free = false;
  const turns = {
    tryAcquire: async (what: string) => {
      events.push(`asked for ${what}`);
      if (free) return async () => void events.push('ended the turn');
      free = true;
      return null;
    },
    isAwaited: async () => false,
    withdraw: async () => undefined,
  };
  const em = { insert: async () => undefined, find: async () => [] } as unknown as SqlEntityManager;
  const service = new RaceService(em, {
    runRace: async () => {
      events.push('ran');
      throw new Error('no threads');
    },
    processors: 2,
    turns,
    onError: () => undefined,
  });
  await expect(service.run('eve', INPUT)).rejects.toThrow('no threads');
  const asked = 'asked for a race experiment';
  expect(events).toEqual([asked, asked, 'ran', 'ended the turn']);
});

it('runs a race experiment without a turn where the lock cannot be used, and reports that', async () => {
  const errors: unknown[] = [];
  const em = { insert: async () => undefined, find: async () => [] } as unknown as SqlEntityManager;
  const broken = new Error('ELOOP');
  const service = new RaceService(em, {
    runRace: async () => ({ workers: 1, results: [] }),
    processors: 2,
    turns: {
      tryAcquire: () => Promise.reject(broken),
      isAwaited: async () => false,
      withdraw: async () => undefined,
    },
    onError: (error) => void errors.push(error),
  });
  expect(await service.run('eve', INPUT)).toMatchObject({ workers: 1 });
  expect(errors).toEqual([broken]);
});
