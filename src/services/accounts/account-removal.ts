import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import type { OwnedData } from '../shared/owned-data.js';
import type { Release } from '../shared/release-guard.js';
import { inTransaction } from '../shared/transaction.js';
import { removeUsage } from '../shared/usage-ledger.js';

const INTERVAL_MS = 60_000;

export interface RemovalDependencies {
  fork(): SqlEntityManager;
  /** The data of users, in the order of removal. */
  owned: readonly OwnedData[];
  release: Release;
  onError(error: unknown): void;
}

/**
 * Removes deleted accounts. The commit that marks an account ends its sessions and tokens and frees its address. Then
 * its data is removed, and its row last. While the row exists, every process continues the removal at its start and
 * every minute.
 */
export class AccountRemoval {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(private readonly deps: RemovalDependencies) {}

  /** Marks a locked user as deleted, in the transaction of `em`. */
  async mark(em: SqlEntityManager, user: User): Promise<void> {
    // Not a valid address, so that neither a registration nor a sign-in matches it.
    user.email = user.id;
    user.passwordHash = '';
    user.deletedAt = new Date();
    await em.flush();
    await em.execute('delete from session where user_id = ?', [user.id], 'run');
    await em.execute('delete from api_token where owner_id = ?', [user.id], 'run');
  }

  /**
   * Removes all data of a marked user. Failures are logged and retried later. If a newer release has migrated the
   * database, the removal is left to it, because it may have added kinds of data.
   */
  async finish(userId: string): Promise<void> {
    try {
      if (!(await this.deps.release.isCurrent())) return;
      for (const { removeAll } of this.deps.owned) await removeAll(userId);
      await inTransaction(this.deps.fork(), async (em) => {
        await removeUsage(em, userId);
        await em.nativeDelete(User, { id: userId, deletedAt: { $ne: null } });
      });
    } catch (error) {
      this.deps.onError(error);
    }
  }

  /** Continues removals that a crash has interrupted: once before this resolves, then every minute. */
  async start(): Promise<void> {
    await this.finishAll();
    this.#timer = setInterval(() => {
      this.#round ??= this.finishAll()
        .catch(this.deps.onError)
        .finally(() => {
          this.#round = undefined;
        });
    }, INTERVAL_MS);
  }

  async finishAll(): Promise<void> {
    const marked = await this.deps.fork().find(User, { deletedAt: { $ne: null } }, { fields: ['id'] });
    for (const { id } of marked) await this.finish(id);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }
}
