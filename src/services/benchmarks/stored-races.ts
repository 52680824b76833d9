import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceRun } from '../../entities/benchmarks/race-run.entity.js';
import { completeRace, type RaceExperiment } from '../../execution/race.js';

/** Returns the latest experiment of a user for reports, or null. */
export async function latestRace(em: SqlEntityManager, userId: string): Promise<RaceExperiment | null> {
  const run = await em.findOne(RaceRun, { owner: userId }, { orderBy: { createdAt: 'desc', id: 'desc' } });
  return run && completeRace(run.experiment);
}
