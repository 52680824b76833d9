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

/** The object that names the database whose files are beside it. */
const KEY = 'deployment-id';
/** The object that names a second database that has used the same storage. */
const SECOND_KEY = 'deployment-id-second';

/**
 * Decides whether this storage belongs to this database, so that files without a row may be removed from it. A
 * database has no rows for the files of another. So both contain one random id: the database in a row, the storage in
 * an object that is written once. If two databases have used one storage, neither removes anything.
 */
export class StorageBinding {
  #warned = false;

  constructor(
    private readonly deps: BindingDependencies,
    private readonly warn: (message: string) => void,
  ) {}

  /**
   * Creates and returns the id of a new database. Writes it to the storage if that is empty, or has images with rows
   * in this database (from releases without ids). Call it before anything is stored. A storage with another
   * database's id keeps it, and records that a second one has used it.
   */
  async bind(): Promise<string> {
    const { fork, storage } = this.deps;
    // Other processes that start now wait at the row until this one has written both.
    return inTransaction(fork(), async (em) => {
      const made = await em.execute<unknown[]>(
        'insert into deployment (one, id) values (1, ?) on conflict do nothing returning id',
        [randomUUID()],
      );
      const id = await this.#id(em);
      const mark = await this.#read(KEY);
      if (mark === undefined) {
        const images = await imagesIn(em, storage);
        if (images === 'none' || (images === 'known' && made.length > 0)) {
          await storage.write(KEY, Buffer.from(id));
        }
      } else if (mark !== id && (await this.#read(SECOND_KEY)) === undefined) {
        await storage.write(SECOND_KEY, Buffer.from(id));
      }
      return id;
    });
  }

  /** Whether the storage belongs to this database alone. Warns at the first call that returns false. */
  async holds(): Promise<boolean> {
    const [id, mark, second] = await Promise.all([
      this.#id(this.deps.fork()),
      this.#read(KEY),
      this.#read(SECOND_KEY),
    ]);
    if (id === mark && second === undefined) return true;
    if (!this.#warned) this.warn(warning(id, mark, second));
    this.#warned = true;
    return false;
  }

  async #id(em: SqlEntityManager): Promise<string> {
    return (await em.findOneOrFail(Deployment, { one: 1 }, { disableIdentityMap: true })).id;
  }

  async #read(key: string): Promise<string | undefined> {
    const { storage } = this.deps;
    if ((await storage.stat(key)) === undefined) return undefined;
    return Buffer.from(await storage.read(key))
      .toString()
      .trim();
  }
}

function warning(id: string, mark: string | undefined, second: string | undefined): string {
  const consequence =
    'files without a row are not removed from it. Give each database its own MEDIA_DIR or STORAGE_URL';
  if (mark === undefined) {
    return `The storage has images that are unknown to this database: ${consequence}; if all files in it belong to this database, write ${id} into ${KEY} there.`;
  }
  if (mark !== id) {
    return `The storage belongs to another database by its id: ${consequence}; if all files in it belong to this database, write ${id} into ${KEY} there and remove ${SECOND_KEY}.`;
  }
  return `A second database (${second}) has used this storage: ${consequence}; then remove ${SECOND_KEY} from this one.`;
}
