import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../entities/image.entity.js';
import type { Storage, StoredObject } from '../storage/storage.js';

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
  for await (const keys of ourKeys(storage.list('images/'), olderThan, 500)) {
    if (signal?.aborted) return;
    const rows = await em.find(Image, { storageKey: { $in: keys } }, { fields: ['storageKey'] });
    const kept = new Set(rows.map(({ storageKey }) => storageKey));
    await Promise.all(keys.filter((key) => !kept.has(key)).map((key) => storage.delete(key)));
    em.clear();
  }
}

/** The keys of our own objects that are old enough, some at a time. */
async function* ourKeys(
  objects: AsyncIterable<StoredObject>,
  olderThan: Date,
  size: number,
): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const { key, modifiedAt } of objects) {
    if (!OUR_KEY.test(key) || modifiedAt >= olderThan) continue;
    batch.push(key);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
