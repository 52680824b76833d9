import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Deployment } from '../../entities/deployment.entity.js';
import type { Storage } from '../../storage/storage.js';
import { inTransaction } from '../shared/transaction.js';
import { imagesIn } from './orphans.js';

export interface BindingDependencies {
  fork(): SqlEntityManager;
  storage: Storage;
}

/** The object that says whose files lie beside it. */
const KEY = 'deployment-id';

/**
 * Which storage is this database's, so that what has no row in the one may be removed from the other. A database that
 * meets another one's files knows none of them. So both hold one random id: the database in a row, the storage in an
 * object that is written once.
 */
export class StorageBinding {
  #warned = false;

  constructor(
    private readonly deps: BindingDependencies,
    private readonly warn: (message: string) => void,
  ) {}

  /**
   * Gives a new database its id, and that to a storage without one: where this has no images, or where those of a
   * database from before there were ids lie in it. To be called before anything is stored. A database that found
   * another one's files does not get them later either, when there are some of its own among them.
   */
  async bind(): Promise<void> {
    const { fork, storage } = this.deps;
    // Who else starts now waits at the row until this has written both.
    await inTransaction(fork(), async (em) => {
      const id = randomUUID();
      const made = await em.execute<unknown[]>(
        'insert into deployment (one, id) values (1, ?) on conflict do nothing returning id',
        [id],
      );
      if ((await this.#mark()) !== undefined) return;
      const images = await imagesIn(em, storage);
      if (images === 'none' || (images === 'known' && made.length > 0)) {
        await storage.write(KEY, Buffer.from(await this.#id(em)));
      }
    });
  }

  /** Whether the storage is this database's now. Where it is not, the first call warns. */
  async holds(): Promise<boolean> {
    const [id, mark] = await Promise.all([this.#id(this.deps.fork()), this.#mark()]);
    if (id === mark) return true;
    if (!this.#warned) this.warn(warning(id, mark));
    this.#warned = true;
    return false;
  }

  async #id(em: SqlEntityManager): Promise<string> {
    return (await em.findOneOrFail(Deployment, { one: 1 }, { disableIdentityMap: true })).id;
  }

  async #mark(): Promise<string | undefined> {
    const { storage } = this.deps;
    if ((await storage.stat(KEY)) === undefined) return undefined;
    return Buffer.from(await storage.read(KEY))
      .toString()
      .trim();
  }
}

function warning(id: string, mark: string | undefined): string {
  const why =
    mark === undefined ? 'has images that this database does not know' : "is another database's by its id";
  return (
    `The storage ${why}: files without a row are not removed from it. Give each database a MEDIA_DIR or STORAGE_URL ` +
    `of its own; where all files in this one are this database's, write ${id} into ${KEY} there.`
  );
}
