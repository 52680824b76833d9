import { IsolationLevel } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { Image } from '../../../src/entities/image.entity.js';
import { Job } from '../../../src/entities/job.entity.js';
import { JobItem } from '../../../src/entities/job-item.entity.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { MemoryProgress } from '../../../src/progress/memory.progress.js';
import type { Queue } from '../../../src/queue/queue.js';
import { ImageService } from '../../../src/services/images/image.service.js';
import { removeOrphans } from '../../../src/services/images/orphans.js';
import { Quota } from '../../../src/services/images/quota.js';
import { JobService } from '../../../src/services/jobs/job.service.js';
import { JobFeeds } from '../../../src/services/jobs/job-feed.js';
import type { CreateJob } from '../../../src/services/jobs/job-input.js';
import { JobRecovery } from '../../../src/services/jobs/job-recovery.js';
import { isEnded } from '../../../src/services/jobs/job-state.js';
import { JobRunner } from '../../../src/services/jobs/run/job-runner.js';
import { ReleaseGuard } from '../../../src/services/shared/release-guard.js';
import { addUsage } from '../../../src/services/shared/usage-ledger.js';
import type { TestDatabase } from '../servers/database.js';
import { ManualCompute } from './manual-compute.js';
import { MemoryStorage } from './memory-storage.js';
import { loseClaims, openTestQueue, removeEntries } from './test-queue.js';

const LIMITS = {
  ...DEFAULT_IMAGING_LIMITS,
  maxUploadBytes: 1_000,
  maxBatchImages: 50,
  maxWorkers: 8,
  userJobItems: 1_000,
};

export interface JobWorldOptions {
  /** Images that the machine computes at the same time. */
  workers?: number;
  quotaBytes?: number;
  groupMs?: number;
}

/** Batch jobs without GraphQL and pixels: rows, queue, runner, and a compute host that the test controls. */
export class JobWorld {
  readonly storage: MemoryStorage;
  readonly progress: MemoryProgress;
  readonly compute: ManualCompute;
  readonly errors: unknown[] = [];
  runner: JobRunner | undefined;
  /** What a newer release has done to the database; a test can set it. */
  newerRelease: string | undefined;
  readonly release = new ReleaseGuard(async () => this.newerRelease);
  /** Checks the quota; a test can make it fail. */
  readonly quota: Quota;
  readonly #workers: number;
  readonly #rivals: JobWorld[] = [];
  #queue: Queue | undefined;
  #process = { dead: false };

  /** Opens the queue that a server uses on this database. */
  static async open(database: TestDatabase, options: JobWorldOptions = {}): Promise<JobWorld> {
    const world = new JobWorld(database, options);
    await world.#openQueue();
    return world;
  }

  private constructor(
    private readonly database: TestDatabase,
    private readonly options: JobWorldOptions,
    rival?: JobWorld,
  ) {
    this.#workers = options.workers ?? 2;
    this.quota = new Quota(options.quotaBytes ?? 1_000_000);
    this.storage = rival?.storage ?? new MemoryStorage();
    this.progress = rival?.progress ?? new MemoryProgress();
    this.compute = rival?.compute ?? new ManualCompute(this.storage);
  }

  get queue(): Queue {
    if (this.#queue === undefined) throw new Error('The queue is opened by open()');
    return this.#queue;
  }

  get jobs(): JobService {
    return new JobService(this.fork(), {
      ...this.#parts(),
      feeds: new JobFeeds(this.#parts()),
      limits: LIMITS,
      engines: () => this.compute.engines(),
    });
  }

  get images(): ImageService {
    return new ImageService(this.fork(), { ...this.#parts(), limits: LIMITS });
  }

  get recovery(): JobRecovery {
    return new JobRecovery(this.#parts());
  }

  fork(): SqlEntityManager {
    return this.database.fork();
  }

  /** Starts the runner, which claims jobs from the queue. */
  run(): void {
    this.runner = new JobRunner(this.#parts());
    this.runner.start();
  }

  /** Ends the process in the middle of its work and starts it again. */
  async crash(): Promise<void> {
    const dead = this.#process;
    dead.dead = true;
    await this.queue.close();
    await this.runner?.close(0, 0);
    await loseClaims(this.database);
    this.#process = { dead: false };
    await this.#openQueue();
    await removeOrphans(this.fork(), this.storage, new Date(Date.now() + 1));
    await this.recovery.reconcile();
    this.run();
  }

  /** Starts another process on the same rows and files, which claims the work of this one although it still runs. */
  async rival(): Promise<JobWorld> {
    const rival = new JobWorld(this.database, this.options, this);
    await loseClaims(this.database);
    await rival.#openQueue();
    this.#rivals.push(rival);
    return rival;
  }

  async close(): Promise<void> {
    const worlds = [this, ...this.#rivals];
    for (const { runner } of worlds) await runner?.close(0);
    await this.progress.close();
    for (const { queue } of worlds) await queue.close();
    // Other tests on the same database must not run the rest.
    await removeEntries(this.database);
    await this.fork().nativeDelete(Job, {});
  }

  /** Creates a user and returns the id. */
  async user(): Promise<string> {
    const id = crypto.randomUUID();
    const em = this.fork();
    em.create(User, { id, email: `${id}@example.com`, passwordHash: '', createdAt: new Date() });
    await em.flush();
    return id;
  }

  /** Creates images of a user, each with its file, and returns their ids. */
  async upload(owner: string, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => crypto.randomUUID());
    const em = this.fork();
    await addUsage(em, owner, { imageCount: count, imageBytes: 6 * count });
    for (const [i, id] of ids.entries()) {
      const storageKey = `images/${id}`;
      await this.storage.write(storageKey, Buffer.from('source'));
      em.create(
        Image,
        {
          ...{ id, owner, storageKey, filename: `${i}.jpg`, format: 'JPEG', width: 4, height: 3, frames: 1 },
          ...{ byteSize: 6, createdAt: new Date() },
        },
        { partial: true },
      );
    }
    await em.flush();
    return ids;
  }

  create(owner: string, imageIds: readonly string[], changes: Partial<CreateJob> = {}): Promise<Job> {
    const operations = [{ kind: 'GRAYSCALE', params: {} }] as const;
    return this.jobs.create(owner, { imageIds, operations, engine: 'SHARP', pool: 'THREADS', ...changes });
  }

  /** Waits until the job has ended. */
  async ended(jobId: string): Promise<void> {
    for await (const _ of this.progress.subscribe('job', jobId)) {
      const { status } = await this.fork().findOneOrFail(Job, { id: jobId });
      if (isEnded(status)) return;
    }
  }

  /** Rows of the items in order. */
  async items(jobId: string): Promise<JobItem[]> {
    return this.fork().find(JobItem, { job: jobId }, { orderBy: { position: 'asc' } });
  }

  /** Rows of the job and its items, read as of one moment. */
  snapshot(jobId: string): Promise<{ job: Job; items: JobItem[] }> {
    const read = async (em: SqlEntityManager) => ({
      job: await em.findOneOrFail(Job, { id: jobId }),
      items: await em.find(JobItem, { job: jobId }, { orderBy: { position: 'asc' } }),
    });
    // By default each statement on PostgreSQL sees what was committed before it.
    return this.fork().transactional(read, { isolationLevel: IsolationLevel.REPEATABLE_READ });
  }

  /** Number of queue entries of a job, waiting or claimed. */
  async entries(jobId: string): Promise<number> {
    return (await this.queue.pending(this.fork(), jobId)).length;
  }

  /** Removes the queue entries of a job. */
  async loseEntries(jobId: string): Promise<void> {
    await removeEntries(this.database, jobId);
  }

  /** Keys of files without a row. */
  async orphans(): Promise<string[]> {
    const rows = await this.fork().find(Image, {}, { fields: ['storageKey'] });
    const known = new Set(rows.map(({ storageKey }) => storageKey));
    return [...this.storage.objects.keys()].filter((key) => !known.has(key));
  }

  async #openQueue(): Promise<void> {
    const { fork, onError } = this.#ofProcess();
    this.#queue = await openTestQueue(this.database, fork, onError);
  }

  /** Dependencies that the services of one process share. A dead process writes nothing any more. */
  #parts() {
    const { groupMs } = this.options;
    return {
      ...this.#ofProcess(),
      storage: this.storage,
      compute: this.compute,
      queue: this.queue,
      progress: this.progress,
      quota: this.quota,
      release: this.release,
      workers: this.#workers,
      imagesInFlight: this.#workers,
      ...(groupMs === undefined ? {} : { groupMs }),
    };
  }

  #ofProcess() {
    const process = this.#process;
    return {
      fork: () => {
        if (process.dead) throw new Error('The process is dead');
        return this.fork();
      },
      onError: (error: unknown) => {
        if (!process.dead) this.errors.push(error);
      },
    };
  }
}
