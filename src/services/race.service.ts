import type { SqlEntityManager } from '@mikro-orm/sql';
import pLimit from 'p-limit';
import { RaceRun } from '../entities/race-run.entity.js';
import { AppError } from '../errors.js';
import { checkRaceInput, type RaceExperiment, type RaceInput } from '../execution/race.js';

export type RunRace = (input: RaceInput) => Promise<RaceExperiment>;

/** It occupies every processor: one at a time, whoever asks. */
const oneAtATime = pLimit(1);
const MAX_WAITING = 10;
const RETRY_AFTER_MS = 10_000;

/** The race experiment. */
export class RaceService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly runRace: RunRace,
  ) {}

  /** Runs it and keeps it for the user's reports. BAD_USER_INPUT names the field and its range. */
  async run(userId: string, input: RaceInput): Promise<RaceExperiment> {
    checkRaceInput(input);
    if (oneAtATime.pendingCount >= MAX_WAITING) {
      const message = 'Too many experiments wait; try again in a few seconds';
      throw new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS });
    }
    const experiment = await oneAtATime(() => this.runRace(input));
    await this.em.upsert(RaceRun, { owner: userId, experiment, createdAt: new Date() });
    return experiment;
  }
}
