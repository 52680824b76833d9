import type { Readable } from 'node:stream';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { UsageType } from '../../entities/accounts/usage.type.js';
import { Job } from '../../entities/job.entity.js';
import type { JobStatus } from '../../entities/job-status.js';
import { AppError } from '../../errors.js';
import type { Progress } from '../../progress/progress.js';
import type { Storage } from '../../storage/storage.js';
import { lockUser } from '../shared/lock-user.js';
import { findOwned, unknownId } from '../shared/ownership.js';
import { newestFirst, type Page, type PageRequest } from '../shared/pagination.js';
import { inTransaction } from '../shared/transaction.js';
import { addUsage, usageOf } from '../shared/usage-ledger.js';
import { archiveOf } from './archive/job-archive.js';
import { type CreationDependencies, createJob } from './job-creation.js';
import type { JobFeeds, JobFollower } from './job-feed.js';
import type { CreateJob } from './job-input.js';
import { type ItemView, itemsPage } from './job-items.js';
import { refuseTooManyJobs } from './job-limits.js';
import { cancelItems, checkCodes, itemsToRetry, requeueItems } from './job-moves.js';
import { chunksOf, countsOf, lockJob, settle } from './job-row.js';
import { assertDeletable, mustCancel, mustRetry } from './job-state.js';
import { currentTraceparent } from './run/job-spans.js';

export interface JobDependencies extends CreationDependencies {
  progress: Progress;
  storage: Storage;
  feeds: JobFeeds;
}

export interface JobFilter {
  status?: JobStatus | null | undefined;
  /** true: at least one item failed; false: none did. */
  hasFailures?: boolean | null | undefined;
}

/** The use cases of batch jobs for their owner; {@link JobRunner} runs the items. */
export class JobService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: JobDependencies,
  ) {}

  /**
   * Stores a job durably. The same idempotency key returns the job made before, or throws CONFLICT if the input
   * differs. Throws NOT_FOUND or FORBIDDEN for an unknown or foreign image, BAD_USER_INPUT or LIMIT_EXCEEDED for
   * invalid input.
   */
  create(userId: string, asked: CreateJob): Promise<Job> {
    return createJob(this.em, this.deps, userId, asked);
  }

  /** Cancels the items that have not ended; results stay. Idempotent; throws CONFLICT for a job that has ended. */
  async cancel(userId: string, id: string): Promise<Job> {
    return this.#change(userId, id, async (em, job) => {
      if (!mustCancel(job.status)) return false;
      job.cancelledCount += await cancelItems(em, job);
      return true;
    });
  }

  /**
   * Queues failed and cancelled items again, or only items that failed with one of `codes`; without any, the job stays
   * as it is. Throws CONFLICT while the job runs, LIMIT_EXCEEDED if the user has too many open jobs, BAD_USER_INPUT for
   * an unknown code.
   */
  async retry(userId: string, id: string, codes?: readonly string[]): Promise<Job> {
    if (codes !== undefined) checkCodes(codes);
    const job = await this.#change(userId, id, async (em, job) => {
      if (!mustRetry(job.status, countsOf(job))) return false;
      const items = await itemsToRetry(em, job, codes);
      if (items.length === 0) return false;
      await lockUser(em, userId);
      await refuseTooManyJobs(em, userId);
      await requeueItems(em, job, items);
      job.traceparent = currentTraceparent();
      const positions = items.map(({ position }) => position);
      await this.deps.queue.enqueue(em, chunksOf(job, positions));
      return true;
    });
    this.deps.queue.wake();
    return job;
  }

  /** Deletes an ended job with its items; its result images stay. Throws CONFLICT if it has not ended. */
  async delete(userId: string, id: string): Promise<string> {
    await this.find(userId, id);
    const job = await inTransaction(this.em, async (em) => {
      const job = await this.#lock(em, id);
      assertDeletable(job.status);
      await addUsage(em, userId, { jobItems: -job.totalCount });
      em.remove(job);
      return { id: job.id, seq: job.seq };
    });
    this.deps.progress.publish({ topic: 'job', id: job.id, seq: job.seq + 1 });
    return job.id;
  }

  /** Returns the user's job. Throws NOT_FOUND for an unknown id, FORBIDDEN for another user's job. */
  async find(userId: string, id: string): Promise<Job> {
    return findOwned(this.em, Job, id, userId);
  }

  async list(userId: string, page: PageRequest, { status, hasFailures }: JobFilter = {}): Promise<Page<Job>> {
    const failedCount = hasFailures ? { $gt: 0 } : 0;
    const where = { ...(status && { status }), ...(hasFailures != null && { failedCount }) };
    return newestFirst(this.em, Job, { owner: userId, ...where }, page);
  }

  /** Returns the job of a verified signed link, without a check of its owner. */
  async byLink(id: string): Promise<Job> {
    const job = await this.em.findOne(Job, { id });
    if (job === null) throw new AppError('NOT_FOUND', 'The job has been deleted');
    return job;
  }

  /** Returns what the user stores, images included, and the limits. */
  async usage(userId: string): Promise<UsageType> {
    const { quota, limits } = this.deps;
    const totals = await usageOf(this.em, userId);
    return { ...totals, imageBytesLimit: quota.maxBytes, jobItemsLimit: limits.userJobItems };
  }

  /** Returns a zip of the results so far as a stream. */
  archive(job: Job): Readable {
    return archiveOf(this.em, this.deps.storage, job);
  }

  items(job: Job, page: PageRequest, status?: JobStatus): Promise<Page<ItemView>> {
    return itemsPage(this.em, job, page, status);
  }

  /** Follows the user's job; see {@link JobFeeds}. */
  follow(userId: string, jobId: string, withItems: boolean): JobFollower {
    return this.deps.feeds.follow(userId, jobId, withItems);
  }

  /** Runs `change` on the user's locked job; if it returns true, stores and publishes the change. */
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
    if (job === null) throw unknownId('job', id);
    return job;
  }
}
