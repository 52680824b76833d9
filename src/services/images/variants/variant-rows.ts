import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ImageFormat } from '../../../imaging/image-format.js';
import { placeholders } from '../../shared/placeholders.js';

/** A cached variant, with the name of its image. */
export interface StoredVariant {
  key: string;
  imageId: string;
  filename: string;
  format: ImageFormat;
  width: number;
  height: number;
  byteSize: number;
  /** Milliseconds in the engine. */
  durationMs: number;
}

/** Returns the storage key of a variant. */
export const variantFile = (imageId: string, key: string): string => `variants/${imageId}/${key}`;

/** Returns a cached variant; undefined if there is none. Plain SQL: it runs for every hit. */
export async function findVariant(em: SqlEntityManager, key: string): Promise<StoredVariant | undefined> {
  const [row] = await em.execute<StoredVariant[]>(
    `select v.key, v.image_id as "imageId", i.filename, v.format, v.width, v.height, v.byte_size as "byteSize",
       v.duration_ms as "durationMs"
     from variant v join image i on i.id = v.image_id where v.key = ?`,
    [key],
  );
  return row;
}

/** A computed variant, with the user whose cache it counts to. */
export interface NewVariant extends Omit<StoredVariant, 'filename'> {
  ownerId: string;
  usedAt: Date;
}

const NEW_ROW = '(?, ?, ?, ?, ?, ?, ?, ?, ?)';

/**
 * Stores the rows of computed variants, all or none. Throws ForeignKeyConstraintViolationException if the image of one has
 * been deleted.
 */
export async function insertVariants(em: SqlEntityManager, variants: readonly NewVariant[]): Promise<void> {
  await em.execute(
    `insert into variant (key, image_id, owner_id, format, width, height, byte_size, duration_ms, used_at)
     values ${variants.map(() => NEW_ROW).join(', ')}
     on conflict (key) do update set format = excluded.format, width = excluded.width, height = excluded.height,
       byte_size = excluded.byte_size, duration_ms = excluded.duration_ms, used_at = excluded.used_at`,
    variants.flatMap(({ key, imageId, ownerId, format, width, height, byteSize, durationMs, usedAt }) => [
      ...[key, imageId, ownerId, format, width, height, byteSize, durationMs, usedAt],
    ]),
    'run',
  );
}

/** What is read of an image to compute a variant of it. */
export interface VariantSource {
  storageKey: string;
  filename: string;
  ownerId: string;
  format: ImageFormat;
  width: number;
  height: number;
  frames: number;
}

/** Returns the source of a variant; undefined if the image has been deleted. */
export async function findSource(em: SqlEntityManager, imageId: string): Promise<VariantSource | undefined> {
  const [row] = await em.execute<VariantSource[]>(
    `select storage_key as "storageKey", filename, owner_id as "ownerId", format, width, height, frames
     from image where id = ?`,
    [imageId],
  );
  return row;
}

/** Returns the files of cached variants of images. */
export async function filesOfVariants(em: SqlEntityManager, imageIds: readonly string[]): Promise<string[]> {
  const rows = await em.execute<{ key: string; imageId: string }[]>(
    `select key, image_id as "imageId" from variant where image_id in (${placeholders(imageIds)})`,
    [...imageIds],
  );
  return rows.map(({ key, imageId }) => variantFile(imageId, key));
}

/** Deletes rows of variants and returns their files. */
export async function deleteVariants(em: SqlEntityManager, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await em.execute<{ key: string; imageId: string }[]>(
    `delete from variant where key in (${placeholders(keys)}) returning key, image_id as "imageId"`,
    [...keys],
  );
  return rows.map(({ key, imageId }) => variantFile(imageId, key));
}
