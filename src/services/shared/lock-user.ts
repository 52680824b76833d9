import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/user.entity.js';

/**
 * Locks the user's row until the transaction of `em` ends. What is counted of theirs after that holds until then: requests
 * at the same time do not pass a limit together.
 */
export async function lockUser(em: SqlEntityManager, userId: string): Promise<void> {
  await em.findOne(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}
