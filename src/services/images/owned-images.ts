import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../entities/image.entity.js';
import type { Storage } from '../../storage/storage.js';
import type { OwnedData } from '../shared/owned-data.js';

/** Images whose files are removed before their rows go. */
const BATCH = 100;

/** The images of users. The files go first: as long as there is a row, its file is still to be removed. */
export function ownedImages({ fork, storage }: { fork(): SqlEntityManager; storage: Storage }): OwnedData {
  return {
    removeAll: async (userId) => {
      for (;;) {
        const fields = ['id', 'storageKey'] as const;
        const images = await fork().find(Image, { owner: userId }, { fields, limit: BATCH });
        if (images.length === 0) return;
        await Promise.all(images.map(({ storageKey }) => storage.delete(storageKey)));
        await fork().nativeDelete(Image, { id: { $in: images.map(({ id }) => id) } });
      }
    },
  };
}
