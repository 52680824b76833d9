import { randomUUID } from 'node:crypto';
import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import { Image } from '../../entities/image.entity.js';
import { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import { AppError } from '../../errors.js';
import { checkEngine, checkOperations } from '../../imaging/check-operations.js';
import type { EngineInfo } from '../../imaging/engine-info.js';
import type { Queue } from '../../queue/queue.js';
import { type Pipeline, PresetService } from '../images/preset.service.js';
import type { Quota } from '../images/quota.js';
import { lockUser } from '../shared/lock-user.js';
import { findAllOwned } from '../shared/ownership.js';
import { inTransaction } from '../shared/transaction.js';
import { type CreateJob, checkJob, fingerprintOf, type JobLimits } from './job-input.js';
import { refuseTooManyJobs, reserveItems } from './job-limits.js';
import { chunksOf } from './job-row.js';
import { currentTraceparent } from './run/job-spans.js';

export interface CreationDependencies {
  queue: Queue;
  quota: Quota;
  limits: JobLimits;
  engines(): Promise<readonly EngineInfo[]>;
}

/** Rows of one INSERT; databases limit the parameters of a statement. */
const INSERT_ROWS = 500;

/** Stores a job, its items and their queue entries in one transaction, or returns the job made earlier with the same key. */
export async function createJob(
  em: SqlEntityManager,
  deps: CreationDependencies,
  userId: string,
  asked: CreateJob,
): Promise<Job> {
  checkJob(asked, deps.limits);
  const known = await findByKey(em, userId, asked);
  if (known !== undefined) return known;
  const pipeline = await new PresetService(em, deps).pipeline(userId, asked);
  checkOperations(pipeline.operations, deps.limits);
  const engines = await deps.engines();
  await deps.quota.check(em, userId);
  try {
    const job = await inTransaction(em, (tx) => insert(tx, deps, userId, { ...asked, ...pipeline }, engines));
    deps.queue.wake();
    return job;
  } catch (error) {
    if (error instanceof ForeignKeyConstraintViolationException) {
      const field = 'input.imageIds';
      throw new AppError('CONFLICT', `${field}: an image was deleted during this request`, { field });
    }
    throw error;
  }
}

async function findByKey(em: SqlEntityManager, userId: string, asked: CreateJob): Promise<Job | undefined> {
  const { idempotencyKey } = asked;
  if (idempotencyKey === undefined) return undefined;
  const job = await em.findOne(Job, { owner: userId, idempotencyKey });
  if (job === null || job.fingerprint === fingerprintOf(asked)) return job ?? undefined;
  const message = 'input.idempotencyKey: already used for a job with different input; use a new key';
  throw new AppError('CONFLICT', message, { field: 'input.idempotencyKey', jobId: job.id });
}

async function insert(
  em: SqlEntityManager,
  deps: CreationDependencies,
  userId: string,
  asked: CreateJob & Pipeline,
  engines: readonly EngineInfo[],
): Promise<Job> {
  const { imageIds, operations, engine, pool } = asked;
  await lockUser(em, userId);
  // A concurrent call with the same key may have stored its job since the first check.
  const known = await findByKey(em, userId, asked);
  if (known !== undefined) return known;
  await refuseTooManyJobs(em, userId);
  await reserveItems(em, userId, imageIds.length, deps.limits.userJobItems);
  const images = await findAllOwned(em, Image, imageIds, userId);
  for (const format of new Set(images.map(({ format }) => format))) {
    checkEngine(engine, format, operations, engines);
  }
  const job = em.create(Job, {
    id: randomUUID(),
    owner: em.getReference(User, userId),
    idempotencyKey: asked.idempotencyKey ?? null,
    fingerprint: fingerprintOf(asked),
    pool,
    workers: asked.workers ?? deps.limits.maxWorkers,
    engine,
    operations,
    totalCount: images.length,
    traceparent: currentTraceparent(),
    createdAt: new Date(),
  });
  await em.flush();
  const rows = images.map((image, position) => ({ job: job.id, position, image: image.id }));
  for (let start = 0; start < rows.length; start += INSERT_ROWS) {
    await em.insertMany(JobItem, rows.slice(start, start + INSERT_ROWS));
  }
  await deps.queue.enqueue(em, chunksOf(job, [...rows.keys()]));
  return job;
}
