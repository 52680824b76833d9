import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ComputeResult } from '../../execution/compute.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { Operation } from '../../imaging/operation.js';
import { placeholders } from '../shared/placeholders.js';
import { imageKey } from './image-key.js';

/** A result whose file is stored durably and whose row is not stored yet. */
export type NewResult = ComputeResult & { id: string; filename: string };

/** What made the results. */
export interface Making {
  ownerId: string;
  engine: ImageEngineName;
  operations: readonly Operation[];
}

/**
 * Inserts the rows of results by one statement; returns the source of each, null if it has been deleted. The usage of the
 * owner changes before (`usage-ledger.ts`), and rows that refer to results after. Throws
 * ForeignKeyConstraintViolationException if a source is deleted concurrently; a retry then stores null.
 */
export async function insertResults(
  em: SqlEntityManager,
  { ownerId, engine, operations }: Making,
  results: readonly { sourceId: string | null; result: NewResult }[],
  createdAt: Date,
): Promise<Map<string, string | null>> {
  const done = JSON.stringify(operations);
  const rows = results.map(({ sourceId, result }) => [
    ...[result.id, ownerId, imageKey(result.id), result.filename, result.format],
    ...[result.width, result.height, result.frames, result.byteSize],
    ...[done, engine, result.durationMs, createdAt, sourceId],
  ]);
  // The subselect stores null for a source that has been deleted.
  const places = rows.map((row) => `(${placeholders(row.slice(1))}, (select id from image where id = ?))`);
  const stored = await em.execute<{ id: string; sourceId: string | null }[]>(
    `insert into image (id, owner_id, storage_key, filename, format, width, height, frames, byte_size,
       operations, engine, duration_ms, created_at, source_id)
     values ${places.join(', ')} returning id, source_id as "sourceId"`,
    rows.flat(),
  );
  return new Map(stored.map(({ id, sourceId }) => [id, sourceId]));
}
