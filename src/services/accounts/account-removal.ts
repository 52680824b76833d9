import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import type { OwnedData } from '../shared/owned-data.js';
import type { Release } from '../shared/release-guard.js';

const INTERVAL_MS = 60_000;

export interface RemovalDependencies {
  fork(): SqlEntityManager;
  /** What users own, in the order of its removal. */
  owned: readonly OwnedData[];
  release: Release;
  onError(error: unknown): void;
}

/**
 * Removes deleted accounts. The commit that marks one ends its sessions and tokens and frees its address. Then what it
 * owns is removed, its row last: as long as that is there, a round at the start or later, in any process, goes on.
 */
export class AccountRemoval {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(private readonly deps: RemovalDependencies) {}

  /** Marks a locked user as deleted, in the transaction of `em`. */
  async mark(em: SqlEntityManager, user: User): Promise<void> {
    // No address, so that no registration meets it and no sign-in finds it.
    user.email = user.id;
    user.passwordHash = '';
    user.deletedAt = new Date();
    await em.flush();
    await em.execute('delete from session where user_id = ?', [user.id], 'run');
    await em.execute('delete from api_token where owner_id = ?', [user.id], 'run');
  }

  /**
   * Removes everything that a marked user owns. What fails is logged and tried again later. A newer release may have added
   * kinds of data that this one does not know: it leaves the removal to that release.
   */
  async finish(userId: string): Promise<void> {
    try {
      if (!(await this.deps.release.isCurrent())) return;
      for (const { removeAll } of this.deps.owned) await removeAll(userId);
      await this.deps.fork().nativeDelete(User, { id: userId, deletedAt: { $ne: null } });
    } catch (error) {
      this.deps.onError(error);
    }
  }

  /** Finishes what crashes have left, before this resolves and every minute from then on. */
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
