import { createHash } from 'node:crypto';
import { AppError } from '../../errors.js';
import type { WorkerPool } from '../../execution/model.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import type { PipelineChoice } from '../images/preset.service.js';

export interface CreateJob extends PipelineChoice {
  imageIds: readonly string[];
  pool: WorkerPool;
  /** Default: every worker of each machine, up to `maxWorkers`. */
  workers?: number | undefined;
  idempotencyKey?: string | undefined;
}

export interface JobLimits extends ImagingLimits {
  maxBatchImages: number;
  maxWorkers: number;
  /** Items that all stored jobs of one user may have together. */
  userJobItems: number;
}

const MAX_KEY_LENGTH = 255;

/** Throws BAD_USER_INPUT or LIMIT_EXCEEDED for a job that cannot run; the error names the field and the valid values. */
export function checkJob({ imageIds, workers, idempotencyKey }: CreateJob, limits: JobLimits): void {
  const { maxBatchImages, maxWorkers } = limits;
  if (imageIds.length === 0) throw AppError.badInput('input.imageIds', 'must contain at least one id');
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
  // PostgreSQL cannot store NUL in text.
  if (idempotencyKey?.includes('\0')) {
    throw AppError.badInput('input.idempotencyKey', 'must not contain a NUL character');
  }
}

/**
 * SHA-256 of the input, independent of the order of parameters: equal inputs have equal fingerprints. A preset counts by
 * its name, so that a repeated request finds its job after a change of the preset.
 */
export function fingerprintOf({ imageIds, preset, operations, engine, pool, workers }: CreateJob): string {
  const pipeline = operations
    ? operations.map(({ kind, params }) => [kind, Object.entries(params).sort()])
    : { preset };
  const ids = imageIds.map((id) => id.toLowerCase());
  const chosen = engine ?? (operations ? 'SHARP' : null);
  return createHash('sha256')
    .update(JSON.stringify([ids, pipeline, chosen, pool, workers ?? null]))
    .digest('hex');
}
