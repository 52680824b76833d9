import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import type { Storage } from '../../storage/storage.js';
import type { OwnedData } from '../shared/owned-data.js';
import { filesOfVariants } from './variants/variant-rows.js';

/** Number of images whose files are removed before their rows are deleted. */
const BATCH = 100;

/**
 * Deletes the images of a user. Files are removed before rows, so that a remaining row shows that its file is not
 * removed yet.
 */
export function ownedImages({ fork, storage }: { fork(): SqlEntityManager; storage: Storage }): OwnedData {
  return {
    removeAll: async (userId) => {
      for (;;) {
        const fields = ['id', 'storageKey'] as const;
        const images = await fork().find(Image, { owner: userId }, { fields, limit: BATCH });
        if (images.length === 0) return;
        const variants = await filesOfVariants(
          fork(),
          images.map(({ id }) => id),
        );
        const files = [...images.map(({ storageKey }) => storageKey), ...variants];
        await Promise.all(files.map((key) => storage.delete(key)));
        await fork().nativeDelete(Image, { id: { $in: images.map(({ id }) => id) } });
      }
    },
  };
}
