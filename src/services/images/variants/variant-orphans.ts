import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Storage } from '../../../storage/storage.js';
import { placeholders } from '../../shared/placeholders.js';

/** Keys made by this application: `variants/<image id>/<SHA-256>`. */
const OUR_KEY = /^variants\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/([0-9a-f]{64})$/;
/** Keys for one query. */
const BATCH = 500;

/** Removes files of variants without a row that are older than `olderThan`; a crash or a failed delete left them. */
export async function removeVariantOrphans(
  em: SqlEntityManager,
  storage: Storage,
  olderThan: Date,
  signal?: AbortSignal,
): Promise<void> {
  let files = new Map<string, string>();
  const removeBatch = async () => {
    const batch = files;
    files = new Map();
    for (const { key } of await rowsOf(em, [...batch.keys()])) batch.delete(key);
    await Promise.all([...batch.values()].map((file) => storage.delete(file)));
  };
  for await (const { key: file, modifiedAt } of storage.list('variants/')) {
    if (signal?.aborted) return;
    const [, key] = OUR_KEY.exec(file) ?? [];
    if (key === undefined || modifiedAt >= olderThan) continue;
    files.set(key, file);
    if (files.size >= BATCH) await removeBatch();
  }
  await removeBatch();
}

async function rowsOf(em: SqlEntityManager, keys: readonly string[]): Promise<{ key: string }[]> {
  if (keys.length === 0) return [];
  return em.execute(`select key from variant where key in (${placeholders(keys)})`, [...keys]);
}
