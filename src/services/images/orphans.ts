import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import type { Storage } from '../../storage/storage.js';

/** Keys that we make. Whatever else lies in that folder is not ours to remove. */
const OUR_KEY = /^images\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Removes what a crash left before that moment: unfinished files, and files whose row was never written. Nothing that
 * was begun before it may still be under way. The signal stops it early.
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

/** Whether there are images in the storage, and rows for any of them. */
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

/** So many keys at a time. */
const BATCH = 500;

/** The keys of our own objects that are old enough, some at a time, and those among them that have a row. */
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
