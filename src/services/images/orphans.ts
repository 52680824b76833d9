import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import type { Storage } from '../../storage/storage.js';

/** Keys made by this application; any other file in the folder is left alone. */
const OUR_KEY = /^images\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes unfinished files and files without a row that are older than `olderThan`. No upload or computation that
 * started before then may still be running. The signal stops it early.
 */
export async function removeOrphans(
  em: SqlEntityManager,
  storage: Storage,
  olderThan: Date,
  signal?: AbortSignal,
): Promise<void> {
  await storage.sweep(olderThan);
  for await (const { keys, kept } of ourKeys(em, storage, olderThan)) {
    if (signal?.aborted) return;
    await Promise.all(keys.filter((key) => !kept.has(key)).map((key) => storage.delete(key)));
  }
}

/** Returns whether the storage has images, and whether this database has a row for any of them. */
export async function imagesIn(
  em: SqlEntityManager,
  storage: Storage,
): Promise<'none' | 'known' | 'unknown'> {
  let images: 'none' | 'unknown' = 'none';
  for await (const { kept } of ourKeys(em, storage)) {
    if (kept.size > 0) return 'known';
    images = 'unknown';
  }
  return images;
}

/** Keys for one query. */
const BATCH = 500;

/** Yields the keys of our own objects in batches, with the subset that has a row. */
async function* ourKeys(
  em: SqlEntityManager,
  storage: Storage,
  olderThan?: Date,
): AsyncGenerator<{ keys: string[]; kept: ReadonlySet<string> }> {
  let keys: string[] = [];
  for await (const { key, modifiedAt } of storage.list('images/')) {
    if (!OUR_KEY.test(key) || (olderThan && modifiedAt >= olderThan)) continue;
    keys.push(key);
    if (keys.length < BATCH) continue;
    yield { keys, kept: await withRows(em, keys) };
    keys = [];
  }
  if (keys.length > 0) yield { keys, kept: await withRows(em, keys) };
}

async function withRows(em: SqlEntityManager, keys: string[]): Promise<ReadonlySet<string>> {
  const where = { storageKey: { $in: keys } };
  const rows = await em.find(Image, where, { fields: ['storageKey'], disableIdentityMap: true });
  return new Set(rows.map(({ storageKey }) => storageKey));
}
