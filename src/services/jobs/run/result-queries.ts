import type { SqlEntityManager } from '@mikro-orm/sql';
import { imageKey } from '../../images/image-key.js';
import { placeholders } from '../../shared/placeholders.js';
import type { Completed } from './item-queries.js';
import type { JobFacts } from './job-chunk.js';

/**
 * Stores the rows of results: before their items' rows, which refer to them, and as whoever deletes an image has its row
 * first. A source that is deleted at the same moment is a ForeignKeyConstraintViolationException.
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
  // A source that is gone by now is none.
  const places = rows.map((row) => `(${placeholders(row.slice(1))}, (select id from image where id = ?))`);
  await em.execute(
    `insert into image (id, owner_id, storage_key, filename, format, width, height, frames, byte_size,
       operations, engine, duration_ms, created_at, source_id)
     values ${places.join(', ')}`,
    rows.flat(),
    'run',
  );
}
