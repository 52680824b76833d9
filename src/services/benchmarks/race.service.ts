import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceRun } from '../../entities/benchmarks/race-run.entity.js';
import { checkRaceInput, completeRace, type RaceExperiment, type RaceInput } from '../../execution/race.js';
import { FairMutex } from '../../scheduling/fair-mutex.js';
import { checkPageSize } from '../shared/pagination.js';

export type RunRace = (input: RaceInput) => Promise<RaceExperiment>;

/** A request; without `workers`, there are four threads, and at most as many as processors. */
export type RaceRequest = Omit<RaceInput, 'workers'> & { workers: number | null };

/** A stored experiment. */
export interface StoredRace extends RaceExperiment {
  id: string;
  createdAt: Date;
}

/** Default number of threads, on a machine with at least as many processors. */
export const DEFAULT_RACE_WORKERS = 4;

/** Experiments of one user that may wait. */
const MAX_WAITING = 10;
/** Experiments kept for each user; older ones are deleted. */
const MAX_STORED = 100;

/** An experiment uses every processor, so one runs at a time; users take turns. */
const mutex = new FairMutex(MAX_WAITING, 'experiments');

/** Runs and lists race experiments. */
export class RaceService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly runRace: RunRace,
    /** Processors that an experiment may use. */
    private readonly processors: number,
  ) {}

  /**
   * Runs an experiment and stores it.
   *
   * @throws AppError BAD_USER_INPUT that names the field and its range; SERVER_BUSY
   */
  async run(userId: string, request: RaceRequest): Promise<StoredRace> {
    const workers = request.workers ?? Math.min(DEFAULT_RACE_WORKERS, this.processors);
    const input = { ...request, workers };
    checkRaceInput(input);
    const experiment = await mutex.run(userId, () => this.runRace(input));
    const row = { id: randomUUID(), owner: userId, experiment, createdAt: new Date() };
    await this.em.insert(RaceRun, row);
    await this.#deleteOldest(userId);
    return { id: row.id, createdAt: row.createdAt, ...experiment };
  }

  /** Lists the user's experiments, newest first; `first`: 1 to 100. */
  async list(userId: string, first: number): Promise<StoredRace[]> {
    checkPageSize(first);
    const runs = await this.em.find(RaceRun, { owner: userId }, { orderBy: NEWEST_FIRST, limit: first });
    return runs.map(({ id, createdAt, experiment }) => ({ id, createdAt, ...completeRace(experiment) }));
  }

  async #deleteOldest(userId: string): Promise<void> {
    const surplus = await this.em.find(
      RaceRun,
      { owner: userId },
      { orderBy: NEWEST_FIRST, offset: MAX_STORED, limit: MAX_STORED, fields: ['id'] },
    );
    if (surplus.length > 0) await this.em.nativeDelete(RaceRun, { id: { $in: surplus.map(({ id }) => id) } });
  }
}

const NEWEST_FIRST = { createdAt: 'desc', id: 'desc' } as const;
