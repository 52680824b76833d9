import { randomInt, randomUUID } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { isBenchmarkEnded } from '../../benchmark/benchmark-status.js';
import { benchmarkEnvironment } from '../../benchmark/environment.js';
import { MAX_SEED } from '../../benchmark/plan-input.js';
import { User } from '../../entities/accounts/user.entity.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import { WORKLOAD_FACTS } from '../../execution/model.js';
import type { TaskFolder } from '../../execution/tasks/task-folder.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { Progress } from '../../progress/progress.js';
import { displayTitle } from '../shared/display-name.js';
import { lockUser } from '../shared/lock-user.js';
import { findAllOwned, findOwned } from '../shared/ownership.js';
import { newestFirst, type Page, type PageRequest } from '../shared/pagination.js';
import { noSuchBenchmark } from './benchmark-errors.js';
import { type PlannedBenchmark, planOfRequest } from './benchmark-estimate.js';
import type { BenchmarkFeeds, BenchmarkFollower } from './benchmark-feed.js';
import {
  type BenchmarkLimits,
  type CheckedBenchmark,
  checkBenchmark,
  noSuchTask,
  type RunBenchmark,
  withAbleEngines,
} from './benchmark-input.js';
import { importBenchmark } from './import-benchmark.js';
import { ENDED } from './sample-recorder.js';

export interface BenchmarkDependencies {
  progress: Progress;
  feeds: BenchmarkFeeds;
  limits: BenchmarkLimits;
  appVersion: string;
  /** Processors that a benchmark may use. */
  processors: number;
  engines(): Promise<readonly EngineInfo[]>;
  tasks: TaskFolder;
  /** Called when a benchmark has been queued. */
  wake(): void;
}

/** Maximum number of benchmarks of one user that have not ended; each takes minutes, and they run one after another. */
const MAX_WAITING = 10;
const MAX_CANDIDATES = 20;

/** Benchmarks of their owner; {@link BenchmarkRunner} runs them. */
export class BenchmarkService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: BenchmarkDependencies,
  ) {}

  /**
   * Accepts a benchmark: it will run even if the processes are restarted.
   *
   * @throws AppError BAD_USER_INPUT or LIMIT_EXCEEDED that names the field; NOT_FOUND or FORBIDDEN for an image
   */
  async run(userId: string, request: RunBenchmark): Promise<Benchmark> {
    const checked = await this.check(userId, request);
    const benchmark = await this.em.transactional(async (tx) => {
      const em = tx as SqlEntityManager;
      await rejectTooManyWaiting(em, userId);
      return em.create(Benchmark, {
        ...checked,
        id: randomUUID(),
        owner: em.getReference(User, userId),
        workload: request.workload,
        repetitions: request.repetitions,
        untilPercent: request.untilPercent ?? null,
        maxSeconds: request.maxSeconds ?? null,
        seed: request.seed ?? randomInt(MAX_SEED),
        createdAt: new Date(),
      });
    });
    this.deps.wake();
    return benchmark;
  }

  /** Checks a request as `run` does, and fills in its defaults. */
  async check(userId: string, request: RunBenchmark): Promise<CheckedBenchmark> {
    const checked = checkBenchmark(request, this.deps.limits, this.deps.processors);
    if (request.workload === 'TASK') return { ...checked, ...(await this.#foundTask(request)) };
    const images = await findAllOwned(this.em, Image, checked.imageIds ?? [], userId);
    if (!WORKLOAD_FACTS[request.workload].usesImages) return checked;
    const formats = checked.imageIds ? images.map(({ format }) => format) : (['JPEG'] as const);
    return withAbleEngines(checked, request, formats, await this.deps.engines());
  }

  /** Stores the benchmark of a JSON report; see {@link importBenchmark}. */
  import(userId: string, file: Parameters<typeof importBenchmark>[2]): Promise<Benchmark> {
    return importBenchmark(this.em, userId, file);
  }

  /** Names of the task modules of this server. */
  tasks(): Promise<string[]> {
    return this.deps.tasks.names();
  }

  async #foundTask({ task, name }: RunBenchmark): Promise<{ task: string; name?: string }> {
    const found = task === undefined ? undefined : await this.deps.tasks.find(task);
    if (found === undefined) throw noSuchTask(task, await this.deps.tasks.names());
    return { task: found.name, ...(!displayTitle(name ?? '') && { name: found.name }) };
  }

  /** Size and estimated duration of a benchmark. @throws AppError as `run` */
  async plan(userId: string, request: RunBenchmark): Promise<PlannedBenchmark> {
    const checked = await this.check(userId, request);
    return planOfRequest(this.em, userId, request, checked, benchmarkEnvironment(this.deps.appVersion));
  }

  /** Keeps the samples. Does nothing to a cancelled benchmark. @throws AppError CONFLICT for one that has ended */
  async cancel(userId: string, id: string): Promise<Benchmark> {
    await this.find(userId, id);
    const { benchmark, changed } = await this.em.transactional(async (em) => {
      const locked = await em.findOne(
        Benchmark,
        { id },
        { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
      );
      if (locked === null) throw noSuchBenchmark(id);
      if (locked.status === 'CANCELLED') return { benchmark: locked, changed: false };
      if (isBenchmarkEnded(locked.status)) {
        throw new AppError('CONFLICT', 'The benchmark has already ended', { status: locked.status });
      }
      Object.assign(locked, { status: 'CANCELLED', finishedAt: new Date(), ...ENDED });
      locked.seq++;
      return { benchmark: locked, changed: true };
    });
    if (changed) this.deps.progress.publish({ topic: 'benchmark', id, seq: benchmark.seq });
    return benchmark;
  }

  /** Deletes a benchmark with its samples; a running one is stopped. */
  async delete(userId: string, id: string): Promise<string> {
    const benchmark = await this.find(userId, id);
    await this.em.remove(benchmark).flush();
    this.deps.progress.publish({ topic: 'benchmark', id: benchmark.id, seq: benchmark.seq + 1 });
    return benchmark.id;
  }

  /** @throws AppError NOT_FOUND, or FORBIDDEN for a benchmark of another user */
  find(userId: string, id: string): Promise<Benchmark> {
    return findOwned(this.em, Benchmark, id, userId);
  }

  /** A baseline and 1 to 20 candidates, in the order of the ids. @throws AppError BAD_USER_INPUT, LIMIT_EXCEEDED */
  async findCompared(
    userId: string,
    baselineId: string,
    candidateIds: readonly string[],
  ): Promise<[Benchmark, Benchmark[]]> {
    const requested = candidateIds.length;
    if (requested < 1) throw AppError.badInput('candidateIds', `must have 1 to ${MAX_CANDIDATES} ids`);
    if (requested > MAX_CANDIDATES) {
      throw AppError.beyond('candidateIds', 'maxCandidates', MAX_CANDIDATES, requested);
    }
    const baseline = await this.find(userId, baselineId);
    return [baseline, await findAllOwned(this.em, Benchmark, candidateIds, userId)];
  }

  /** For the holder of a signed link, which proves the owner's permission. */
  async byLink(id: string): Promise<Benchmark> {
    const benchmark = await this.em.findOne(Benchmark, { id });
    if (benchmark === null) throw noSuchBenchmark(id);
    return benchmark;
  }

  list(userId: string, page: PageRequest): Promise<Page<Benchmark>> {
    return newestFirst(this.em, Benchmark, { owner: userId }, page);
  }

  /** Benchmarks that run or are queued before this one; null unless it is QUEUED. */
  async queuePosition({ status, createdAt }: Benchmark): Promise<number | null> {
    if (status !== 'QUEUED') return null;
    return this.em.count(Benchmark, {
      $or: [{ status: 'RUNNING' }, { status: 'QUEUED', createdAt: { $lt: createdAt } }],
    });
  }

  /** Follows the user's benchmark; see {@link BenchmarkFeeds}. */
  follow(userId: string, id: string): BenchmarkFollower {
    return this.deps.feeds.follow(userId, id);
  }
}

/** Call it within the transaction that adds a benchmark. @throws AppError LIMIT_EXCEEDED */
async function rejectTooManyWaiting(em: SqlEntityManager, userId: string): Promise<void> {
  await lockUser(em, userId);
  const waiting = await em.count(Benchmark, { owner: userId, status: { $in: ['QUEUED', 'RUNNING'] } });
  if (waiting < MAX_WAITING) return;
  const message = `At most ${MAX_WAITING} of your benchmarks can be queued or running; cancel one, or wait for one to end`;
  throw AppError.limit('maxWaitingBenchmarks', MAX_WAITING, waiting + 1, message);
}
