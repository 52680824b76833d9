import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RaceRun } from '../../entities/benchmarks/race-run.entity.js';
import { AppError } from '../../errors.js';
import { checkRaceInput, completeRace, type RaceExperiment, type RaceInput } from '../../execution/race.js';
import { FairMutex } from '../../scheduling/fair-mutex.js';
import { checkPageSize } from '../shared/pagination.js';
import { acquireTurn, type MachineTurn } from './turns/machine-turn.js';

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

/** Time in ms that an experiment waits while another program, or a benchmark, measures on this machine. */
const MAX_TURN_WAIT_MS = 20_000;

/** An experiment uses every processor, so one runs at a time; users take turns. */
const mutex = new FairMutex(MAX_WAITING, 'experiments');

export interface RaceDependencies {
  runRace: RunRace;
  /** Processors that an experiment may use. */
  processors: number;
  /** Lets one program measure at a time on this machine. Default: no limit. */
  turns?: MachineTurn | undefined;
  onError(error: unknown): void;
}

/** Runs and lists race experiments. */
export class RaceService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: RaceDependencies,
  ) {}

  /**
   * Runs an experiment and stores it.
   *
   * @throws AppError BAD_USER_INPUT that names the field and its range; SERVER_BUSY if ten experiments of the user wait,
   * or another program or a benchmark measures for too long
   */
  async run(userId: string, request: RaceRequest): Promise<StoredRace> {
    const workers = request.workers ?? Math.min(DEFAULT_RACE_WORKERS, this.deps.processors);
    const input = { ...request, workers };
    checkRaceInput(input);
    const experiment = await mutex.run(userId, () => this.#runInTurn(input));
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

  async #runInTurn(input: RaceInput): Promise<RaceExperiment> {
    const endTurn = await this.#acquireTurn();
    try {
      return await this.deps.runRace(input);
    } finally {
      await endTurn();
    }
  }

  /** Returns the function that ends the turn. A lock that cannot be taken must not stop every experiment. */
  async #acquireTurn(): Promise<() => Promise<void>> {
    const { turns, onError } = this.deps;
    const unlocked = async () => undefined;
    if (!turns) return unlocked;
    try {
      return await acquireTurn(turns, 'a race experiment', MAX_TURN_WAIT_MS);
    } catch (error) {
      if (error instanceof AppError && error.code === 'SERVER_BUSY') throw error;
      onError(error);
      return unlocked;
    }
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
