import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import { AppError } from '../../errors.js';

/**
 * Locks the user's row until the transaction of `em` ends, so that concurrent requests do not exceed a limit together.
 * Throws UNAUTHENTICATED if the account has been deleted, so that nothing is stored for it any more.
 */
export async function lockUser(em: SqlEntityManager, userId: string): Promise<User> {
  const user = await em.findOne(
    User,
    { id: userId, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (user === null) throw new AppError('UNAUTHENTICATED', 'The account has been deleted');
  return user;
}
