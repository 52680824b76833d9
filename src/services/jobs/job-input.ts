import { createHash } from 'node:crypto';
import { AppError } from '../../errors.js';
import type { WorkerPool } from '../../execution/model.js';
import { checkOperations } from '../../imaging/check-operations.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import type { ImageEngineName, Operation } from '../../imaging/operation.js';

export interface CreateJob {
  imageIds: readonly string[];
  operations: readonly Operation[];
  engine: ImageEngineName;
  pool: WorkerPool;
  /** Left out: as many as each machine has for pictures, up to `maxWorkers`. */
  workers?: number | undefined;
  idempotencyKey?: string | undefined;
}

export interface JobLimits extends ImagingLimits {
  maxBatchImages: number;
  maxWorkers: number;
  /** Items that all jobs of one user may keep. */
  userJobItems: number;
}

const MAX_KEY_LENGTH = 255;

/** BAD_USER_INPUT or LIMIT_EXCEEDED for a job that could never run, naming the field and what would be right. */
export function checkJob(
  { imageIds, operations, workers, idempotencyKey }: CreateJob,
  limits: JobLimits,
): void {
  const { maxBatchImages, maxWorkers } = limits;
  if (imageIds.length === 0) throw AppError.badInput('input.imageIds', 'must have at least one image');
  if (imageIds.length > maxBatchImages) {
    throw AppError.beyond('input.imageIds', 'maxBatchImages', maxBatchImages, imageIds.length);
  }
  if (workers !== undefined && workers < 1) {
    throw AppError.badInput('input.workers', `must be 1 to ${maxWorkers}`);
  }
  if (workers !== undefined && workers > maxWorkers) {
    throw AppError.beyond('input.workers', 'maxWorkers', maxWorkers, workers);
  }
  const keyLength = idempotencyKey?.length ?? 1;
  if (keyLength < 1 || keyLength > MAX_KEY_LENGTH) {
    throw AppError.badInput('input.idempotencyKey', `must have 1 to ${MAX_KEY_LENGTH} characters`);
  }
  // PostgreSQL stores no NUL.
  if (idempotencyKey?.includes('\0')) {
    throw AppError.badInput('input.idempotencyKey', 'must have no NUL character');
  }
  checkOperations(operations, limits);
}

/** The same for what asks for the same, whatever the order in which parameters were written. */
export function fingerprintOf({ imageIds, operations, engine, pool, workers }: CreateJob): string {
  const chain = operations.map(({ kind, params }) => [kind, Object.entries(params).sort()]);
  const ids = imageIds.map((id) => id.toLowerCase());
  return createHash('sha256')
    .update(JSON.stringify([ids, chain, engine, pool, workers ?? null]))
    .digest('hex');
}
