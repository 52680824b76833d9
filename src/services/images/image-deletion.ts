import type { SqlEntityManager } from '@mikro-orm/sql';
import pLimit from 'p-limit';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import type { Storage } from '../../storage/storage.js';
import { findAllOwned } from '../shared/ownership.js';
import { placeholders } from '../shared/placeholders.js';
import { inTransaction } from '../shared/transaction.js';
import { addUsage } from '../shared/usage-ledger.js';
import { imageKey } from './image-key.js';
import { filesOfVariants } from './variants/variant-rows.js';

export interface DeletionDependencies {
  storage: Storage;
  onError(error: unknown): void;
}

/** Images that one call deletes. */
export const MAX_DELETED_IMAGES = 1_000;
/** Files removed at the same time: each removal syncs its folder. */
const CONCURRENT_FILES = 8;

/**
 * Deletes images of a user, all or none: the rows in one transaction, then the files. Returns the ids without
 * repetitions. Throws BAD_USER_INPUT for an empty list, LIMIT_EXCEEDED above 1,000 ids, NOT_FOUND or FORBIDDEN for an
 * unknown or foreign image.
 */
export async function deleteImages(
  em: SqlEntityManager,
  { storage, onError }: DeletionDependencies,
  userId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) throw AppError.badInput('ids', 'must contain at least one id');
  if (ids.length > MAX_DELETED_IMAGES) {
    throw AppError.beyond('ids', 'maxDeletedImages', MAX_DELETED_IMAGES, ids.length);
  }
  const distinct = [...new Set(ids.map((id) => id.toLowerCase()))];
  const images = await findAllOwned(em, Image, distinct, userId);
  const variants = await inTransaction(em, (em) => deleteRows(em, userId, images));
  const files = [...images.map(({ id }) => imageKey(id)), ...variants];
  // The images are deleted even if the storage fails; housekeeping removes the files.
  await pLimit(CONCURRENT_FILES).map(files, (key) => storage.delete(key).catch(onError));
  return images.map(({ id }) => id);
}

/**
 * Deletes the rows of images and returns the files of their variants. The usage comes first, as in every transaction
 * that changes images (see {@link addUsage}).
 */
async function deleteRows(em: SqlEntityManager, userId: string, images: readonly Image[]): Promise<string[]> {
  const bytesOf = (rows: readonly { byteSize: number }[]) =>
    rows.reduce((sum, { byteSize }) => sum + byteSize, 0);
  await addUsage(em, userId, { imageCount: -images.length, imageBytes: -bytesOf(images) });
  const ids = images.map(({ id }) => id);
  const variants = await filesOfVariants(em, ids);
  const deleted = await em.execute<{ byteSize: number }[]>(
    `delete from image where id in (${placeholders(ids)}) returning byte_size as "byteSize"`,
    ids,
  );
  if (deleted.length === images.length) return variants;
  // A concurrent request has deleted some of them, and their usage.
  const imageCount = images.length - deleted.length;
  await addUsage(em, userId, { imageCount, imageBytes: bytesOf(images) - bytesOf(deleted) });
  return variants;
}
