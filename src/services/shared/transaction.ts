import type { SqlEntityManager } from '@mikro-orm/sql';

/** Runs `work` in a transaction; commits when it resolves, rolls back when it rejects. MikroORM's own loses the SQL methods of its type. */
export function inTransaction<Result>(
  em: SqlEntityManager,
  work: (em: SqlEntityManager) => Promise<Result>,
): Promise<Result> {
  return em.transactional((transaction) => work(transaction as SqlEntityManager));
}
