import { raw, type SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import { lockUser } from '../shared/lock-user.js';

/** How many bytes one user may keep, uploads and results together. */
export class Quota {
  constructor(private readonly maxBytes: number) {}

  /**
   * As {@link check}, within a transaction that stores those bytes: until it ends, no other of the user's gets this
   * far, so that uploads at the same time do not exceed the quota together.
   */
  async reserve(em: SqlEntityManager, userId: string, moreBytes: number): Promise<void> {
    await lockUser(em, userId);
    await this.check(em, userId, moreBytes);
  }

  /** LIMIT_EXCEEDED when the user has reached the quota, or would exceed it with `moreBytes`. */
  async check(em: SqlEntityManager, userId: string, moreBytes = 0): Promise<void> {
    const row = await em
      .createQueryBuilder(Image)
      .select(raw('coalesce(sum(byte_size), 0) as total'))
      .where({ owner: userId })
      .execute<{ total: number | string }>('get', false);
    const total = Number(row.total) + moreBytes;
    if (total > this.maxBytes || (moreBytes === 0 && total === this.maxBytes)) {
      throw AppError.limit(
        'userQuotaBytes',
        this.maxBytes,
        total,
        'Your storage is full; delete images first',
      );
    }
  }
}
