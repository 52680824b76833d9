import type { Readable } from 'node:stream';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { JobStatus } from '../../entities/job-status.js';
import { AppError } from '../../errors.js';
import type { Progress, ProgressNotice } from '../../progress/progress.js';
import type { Storage } from '../../storage/storage.js';
import { lockUser } from '../shared/lock-user.js';
import { findOwned } from '../shared/ownership.js';
import { newestFirst, type Page, type PageRequest } from '../shared/pagination.js';
import { inTransaction } from '../shared/transaction.js';
import { archiveOf } from './archive/job-archive.js';
import { type CreationDependencies, createJob } from './job-creation.js';
import type { CreateJob } from './job-input.js';
import { type ItemView, itemsEndedBetween, itemsPage } from './job-items.js';
import { refuseTooManyJobs } from './job-limits.js';
import { chunksOf, countsOf, itemsOpenTo, lockJob, settle } from './job-row.js';
import { assertDeletable, mustCancel, mustRetry, statusAfter } from './job-state.js';
import { currentTraceparent } from './run/job-spans.js';

export interface JobDependencies extends CreationDependencies {
  progress: Progress;
  storage: Storage;
}

/** Batch jobs as their owner sees them; what runs them is {@link JobRunner}. */
export class JobService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: JobDependencies,
  ) {}

  /**
   * Accepts a job: when this resolves, it will be run whatever happens to the processes. The same key gives the job
   * that it made before, or CONFLICT where something else is asked for. NOT_FOUND or FORBIDDEN for an image that is not
   * the user's; BAD_USER_INPUT or LIMIT_EXCEEDED for what cannot be run.
   */
  create(userId: string, asked: CreateJob): Promise<Job> {
    return createJob(this.em, this.deps, userId, asked);
  }

  /** Ends what has not ended; results stay. Nothing happens to a cancelled job; CONFLICT for one that has ended. */
  async cancel(userId: string, id: string): Promise<Job> {
    return this.#change(userId, id, async (em, job) => {
      if (!mustCancel(job.status)) return false;
      const set = { status: statusAfter('cancel'), endedSeq: job.seq + 1 };
      job.cancelledCount += await em.nativeUpdate(JobItem, itemsOpenTo('cancel', job), set);
      return true;
    });
  }

  /**
   * Queues failed and cancelled items again. Nothing happens where there are none; CONFLICT while the job runs,
   * LIMIT_EXCEEDED where too many others of the user do.
   */
  async retry(userId: string, id: string): Promise<Job> {
    const job = await this.#change(userId, id, async (em, job) => {
      if (!mustRetry(job.status, countsOf(job))) return false;
      await lockUser(em, userId);
      await refuseTooManyJobs(em, userId);
      const where = itemsOpenTo('retry', job);
      const items = await em.find(JobItem, where, { fields: ['position'], orderBy: { position: 'asc' } });
      await em.nativeUpdate(JobItem, where, {
        status: statusAfter('retry'),
        crashes: 0,
        error: null,
        endedSeq: null,
      });
      job.failedCount = 0;
      job.cancelledCount = 0;
      job.startedAt = null;
      job.round++;
      job.traceparent = currentTraceparent();
      const positions = items.map(({ position }) => position);
      await this.deps.queue.enqueue(em, chunksOf(job, positions));
      return true;
    });
    this.deps.queue.wake();
    return job;
  }

  /** Deletes an ended job with its items; the images that it made stay. CONFLICT where it has not ended. */
  async delete(userId: string, id: string): Promise<string> {
    await this.find(userId, id);
    const job = await inTransaction(this.em, async (em) => {
      const job = await this.#lock(em, id);
      assertDeletable(job.status);
      em.remove(job);
      return { id: job.id, seq: job.seq };
    });
    this.deps.progress.publish({ topic: 'job', id: job.id, seq: job.seq + 1 });
    return job.id;
  }

  /** NOT_FOUND or FORBIDDEN when it is not there or not the user's. */
  async find(userId: string, id: string): Promise<Job> {
    return findOwned(this.em, Job, id, userId);
  }

  async list(userId: string, page: PageRequest, status?: JobStatus): Promise<Page<Job>> {
    return newestFirst(this.em, Job, { owner: userId, ...(status && { status }) }, page);
  }

  /** For who holds a signed link, which stands for the owner's permission. */
  async byLink(id: string): Promise<Job> {
    const job = await this.em.findOne(Job, { id });
    if (job === null) throw new AppError('NOT_FOUND', 'The job has been deleted');
    return job;
  }

  /** A zip of the results so far, as a stream. */
  archive(job: Job): Readable {
    return archiveOf(this.em, this.deps.storage, job);
  }

  items(job: Job, page: PageRequest): Promise<Page<ItemView>> {
    return itemsPage(this.em, job, page);
  }

  /** Items that have ended with a `seq` after the given one, up to the job's. */
  itemsEndedSince(job: Job, seq: number): Promise<ItemView[]> {
    return itemsEndedBetween(this.em, job.id, seq, job.seq);
  }

  /** One notice at once, and one after each news of the job. */
  notices(jobId: string): AsyncIterableIterator<ProgressNotice> {
    return this.deps.progress.subscribe('job', jobId);
  }

  /** Changes the user's job under its lock, unless `change` finds nothing to do; tells of it after the commit. */
  async #change(
    userId: string,
    id: string,
    change: (em: SqlEntityManager, job: Job) => Promise<boolean>,
  ): Promise<Job> {
    await this.find(userId, id);
    const { job, changed } = await inTransaction(this.em, async (em) => {
      const job = await this.#lock(em, id);
      const changed = await change(em, job);
      if (changed) {
        job.seq++;
        settle(job);
      }
      return { job, changed };
    });
    if (changed) this.deps.progress.publish({ topic: 'job', id: job.id, seq: job.seq });
    return job;
  }

  async #lock(em: SqlEntityManager, id: string): Promise<Job> {
    const job = await lockJob(em, id);
    if (job === null) throw new AppError('NOT_FOUND', `There is no job ${JSON.stringify(id)}`, { id });
    return job;
  }
}
