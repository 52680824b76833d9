import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import type { Storage } from '../../storage/storage.js';
import { imageKey } from './image-key.js';

export interface DiscardDependencies {
  fork(): SqlEntityManager;
  storage: Storage;
  onError(error: unknown): void;
}

/**
 * Removes the files of images without a row. The rows are read first, because a failed commit may have been stored and
 * only its answer lost. If they cannot be read, housekeeping removes the files later.
 */
export async function discardFiles(deps: DiscardDependencies, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  try {
    const rows = await deps.fork().find(Image, { id: { $in: [...ids] } }, { fields: ['id'] });
    const kept = new Set(rows.map(({ id }) => id));
    await Promise.all(ids.filter((id) => !kept.has(id)).map((id) => deps.storage.delete(imageKey(id))));
  } catch (error) {
    deps.onError(error);
  }
}
