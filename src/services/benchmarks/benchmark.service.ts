import { randomInt, randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { isBenchmarkEnded } from '../../benchmark/benchmark-status.js';
import { Benchmark } from '../../entities/benchmark.entity.js';
import { Image } from '../../entities/image.entity.js';
import { User } from '../../entities/user.entity.js';
import { AppError } from '../../errors.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { Progress, ProgressNotice } from '../../progress/progress.js';
import { lockUser } from '../shared/lock-user.js';
import { findAllOwned, findOwned } from '../shared/ownership.js';
import { newestFirst, type Page, type PageRequest } from '../shared/pagination.js';
import { inTransaction } from '../shared/transaction.js';
import {
  type BenchmarkLimits,
  checkBenchmark,
  checkBenchmarkEngines,
  type RunBenchmark,
} from './benchmark-input.js';

export interface BenchmarkDependencies {
  progress: Progress;
  limits: BenchmarkLimits;
  engines(): Promise<readonly EngineInfo[]>;
  /** Called when there may be something to run. */
  wake(): void;
}

/** Of one user; they take a machine in turn, each for minutes. */
const MAX_WAITING = 10;
const MAX_CANDIDATES = 20;
const SEEDS = 2 ** 31;

/** Benchmarks as their owner sees them; what runs them is {@link BenchmarkRunner}. */
export class BenchmarkService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: BenchmarkDependencies,
  ) {}

  /**
   * Accepts a benchmark: it will be run whatever happens to the processes. BAD_USER_INPUT or LIMIT_EXCEEDED for what
   * cannot be measured; NOT_FOUND or FORBIDDEN for an image that is not the user's.
   */
  async run(userId: string, asked: RunBenchmark): Promise<Benchmark> {
    const checked = checkBenchmark(asked, this.deps.limits);
    const images = await findAllOwned(this.em, Image, checked.imageIds ?? [], userId);
    if (asked.workload === 'IMAGE') {
      const formats = checked.imageIds ? images.map(({ format }) => format) : (['JPEG'] as const);
      checkBenchmarkEngines(checked, formats, await this.deps.engines());
    }
    const benchmark = await inTransaction(this.em, async (em) => {
      await refuseTooManyWaiting(em, userId);
      return em.create(Benchmark, {
        ...checked,
        id: randomUUID(),
        owner: em.getReference(User, userId),
        workload: asked.workload,
        repetitions: asked.repetitions,
        seed: randomInt(SEEDS),
        createdAt: new Date(),
      });
    });
    this.deps.wake();
    return benchmark;
  }

  /** Keeps what was measured. Nothing happens to a cancelled benchmark; CONFLICT for one that has ended. */
  async cancel(userId: string, id: string): Promise<Benchmark> {
    await this.find(userId, id);
    const { benchmark, changed } = await inTransaction(this.em, async (em) => {
      const locked = await em.findOne(
        Benchmark,
        { id },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      if (locked === null)
        throw new AppError('NOT_FOUND', `There is no benchmark ${JSON.stringify(id)}`, { id });
      if (locked.status === 'CANCELLED') return { benchmark: locked, changed: false };
      if (isBenchmarkEnded(locked.status)) {
        throw new AppError('CONFLICT', 'The benchmark has ended already', { status: locked.status });
      }
      Object.assign(locked, {
        status: 'CANCELLED',
        finishedAt: new Date(),
        machine: null,
        lease: null,
        leaseUntil: null,
      });
      locked.seq++;
      return { benchmark: locked, changed: true };
    });
    if (changed) this.deps.progress.publish({ topic: 'benchmark', id, seq: benchmark.seq });
    return benchmark;
  }

  /** Deletes it with all that was measured; one that runs is stopped. */
  async delete(userId: string, id: string): Promise<string> {
    const benchmark = await this.find(userId, id);
    await this.em.remove(benchmark).flush();
    this.deps.progress.publish({ topic: 'benchmark', id: benchmark.id, seq: benchmark.seq + 1 });
    return benchmark.id;
  }

  /** NOT_FOUND or FORBIDDEN when it is not there or not the user's. */
  find(userId: string, id: string): Promise<Benchmark> {
    return findOwned(this.em, Benchmark, id, userId);
  }

  /** A baseline and 1 to 20 others, in the order of the ids. BAD_USER_INPUT without one, LIMIT_EXCEEDED beyond. */
  async findCompared(
    userId: string,
    baselineId: string,
    candidateIds: readonly string[],
  ): Promise<[Benchmark, Benchmark[]]> {
    const asked = candidateIds.length;
    if (asked < 1) throw AppError.badInput('candidateIds', `must have 1 to ${MAX_CANDIDATES} ids`);
    if (asked > MAX_CANDIDATES) {
      throw AppError.beyond('candidateIds', 'maxCandidates', MAX_CANDIDATES, asked);
    }
    const baseline = await this.find(userId, baselineId);
    return [baseline, await findAllOwned(this.em, Benchmark, candidateIds, userId)];
  }

  /** For who holds a signed link, which stands for the owner's permission. */
  async byLink(id: string): Promise<Benchmark> {
    const benchmark = await this.em.findOne(Benchmark, { id });
    if (benchmark === null) throw new AppError('NOT_FOUND', 'The benchmark has been deleted');
    return benchmark;
  }

  list(userId: string, page: PageRequest): Promise<Page<Benchmark>> {
    return newestFirst(this.em, Benchmark, { owner: userId }, page);
  }

  /** One notice at once, and one after each news of the benchmark. */
  notices(id: string): AsyncIterableIterator<ProgressNotice> {
    return this.deps.progress.subscribe('benchmark', id);
  }
}

/** LIMIT_EXCEEDED when the user has so many that have not ended: within the transaction that adds one. */
async function refuseTooManyWaiting(em: SqlEntityManager, userId: string): Promise<void> {
  await lockUser(em, userId);
  const waiting = await em.count(Benchmark, { owner: userId, status: { $in: ['QUEUED', 'RUNNING'] } });
  if (waiting < MAX_WAITING) return;
  const message = `At most ${MAX_WAITING} of your benchmarks can wait or run; cancel one or wait`;
  throw AppError.limit('maxWaitingBenchmarks', MAX_WAITING, waiting + 1, message);
}
