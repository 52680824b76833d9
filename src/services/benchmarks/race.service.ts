import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceRun } from '../../entities/race-run.entity.js';
import { checkRaceInput, type RaceExperiment, type RaceInput } from '../../execution/race.js';
import { FairMutex } from '../../scheduling/fair-mutex.js';

export type RunRace = (input: RaceInput) => Promise<RaceExperiment>;

/** Of one user. */
const MAX_WAITING = 10;

/** It occupies every processor: one at a time, users in turn. */
const mutex = new FairMutex(MAX_WAITING, 'experiments');

/** The race experiment. */
export class RaceService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly runRace: RunRace,
  ) {}

  /** Runs it and keeps it for the user's reports. BAD_USER_INPUT names the field and its range; SERVER_BUSY. */
  async run(userId: string, input: RaceInput): Promise<RaceExperiment> {
    checkRaceInput(input);
    const experiment = await mutex.run(userId, () => this.runRace(input));
    await this.em.upsert(RaceRun, { owner: userId, experiment, createdAt: new Date() });
    return experiment;
  }
}
