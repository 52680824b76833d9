import type { SqlEntityManager } from '@mikro-orm/sql';
import { AppError } from '../../errors.js';
import { addUsage, usageOf } from '../shared/usage-ledger.js';

/** Bounds the bytes that one user stores, uploads and results together. */
export class Quota {
  constructor(readonly maxBytes: number) {}

  /**
   * Adds an image of `bytes` (or several) to the user's usage, in the transaction that stores it and before its row.
   * Throws LIMIT_EXCEEDED if that exceeds the quota.
   */
  async reserve(em: SqlEntityManager, userId: string, imageBytes: number, imageCount = 1): Promise<void> {
    const usage = await addUsage(em, userId, { imageCount, imageBytes });
    this.#refuse(usage.imageBytes, usage.imageBytes > this.maxBytes);
  }

  /** Throws LIMIT_EXCEEDED if the user has reached the quota, or would exceed it with `moreBytes`. */
  async check(em: SqlEntityManager, userId: string, moreBytes = 0): Promise<void> {
    const { imageBytes } = await usageOf(em, userId);
    const total = imageBytes + moreBytes;
    this.#refuse(total, total > this.maxBytes || (moreBytes === 0 && total === this.maxBytes));
  }

  #refuse(total: number, exceeded: boolean): void {
    if (!exceeded) return;
    const message = 'Your storage is full; delete images first';
    throw AppError.limit('userQuotaBytes', this.maxBytes, total, message);
  }
}
