import type { SqlEntityManager } from '@mikro-orm/sql';
import { imageKey } from '../../images/image-key.js';
import { placeholders } from '../../shared/placeholders.js';
import type { Completed } from './item-queries.js';
import type { JobFacts } from './job-chunk.js';

/**
 * Inserts the rows of results. Runs before the items are updated: they refer to the results, and the deletion of an
 * image locks rows in this order too. Throws ForeignKeyConstraintViolationException if a source is deleted concurrently.
 */
export async function insertResults(
  em: SqlEntityManager,
  { ownerId, engine, operations }: JobFacts,
  completed: readonly Completed[],
): Promise<void> {
  if (completed.length === 0) return;
  const done = JSON.stringify(operations);
  const now = new Date();
  const rows = completed.map(({ imageId, result }) => [
    ...[result.id, ownerId, imageKey(result.id), result.filename, result.format],
    ...[result.width, result.height, result.frames, result.byteSize],
    ...[done, engine, result.durationMs, now, imageId],
  ]);
  // The subselect stores null for a source that has been deleted.
  const places = rows.map((row) => `(${placeholders(row.slice(1))}, (select id from image where id = ?))`);
  await em.execute(
    `insert into image (id, owner_id, storage_key, filename, format, width, height, frames, byte_size,
       operations, engine, duration_ms, created_at, source_id)
     values ${places.join(', ')}`,
    rows.flat(),
    'run',
  );
}
