import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ItemError } from '../../../entities/job-item.entity.js';
import type { JobStatus } from '../../../entities/job-status.js';
import type { NewResult } from '../../images/result-rows.js';
import { placeholders } from '../../shared/placeholders.js';
import { itemStatusesBefore, statusAfter } from '../job-state.js';

/**
 * The statements that run for every item, each in a transaction that holds the job's lock. Plain SQL for both databases:
 * the query builder takes longer to build them than the database to run them.
 */

/** A change of an item, made by the attempt of that number. */
export type ItemChange =
  | (ItemAttempt & { move: 'start' })
  | (ItemAttempt & { move: 'release' | 'fail'; error: ItemError })
  | Completed;

export type Completed = ItemAttempt & { move: 'complete'; result: NewResult };

/** A change with the time at which it happened. */
export type TimedChange<Change = ItemChange> = Change & { at: Date };

export const isCompleted = <Change extends ItemChange>(change: Change): change is Change & Completed =>
  change.move === 'complete';

/** An item with the number of its last attempt. */
export interface ItemAttempt {
  readonly position: number;
  readonly attempts: number;
  /** Worker crashes since its owner last queued it. */
  readonly crashes: number;
  /** Null if the image has been deleted. */
  readonly imageId: string | null;
  /** When a worker slot was free for it; undefined until then. */
  readonly startedAt?: Date;
}

/**
 * Returns for each change whether it still applies: false for an attempt that was superseded and for an item that was
 * cancelled. The caller holds the job's lock.
 */
export async function holding(
  em: SqlEntityManager,
  jobId: string,
  changes: readonly ItemChange[],
): Promise<boolean[]> {
  const positions = changes.map(({ position }) => position);
  const rows = await em.execute<{ position: number; attempts: number; status: JobStatus }[]>(
    `select position, attempts, status from job_item where job_id = ? and position in (${placeholders(positions)})`,
    [jobId, ...positions],
  );
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  return changes.map(({ position, attempts, move }) => {
    const row = byPosition.get(position);
    return row?.attempts === attempts && itemStatusesBefore(move).includes(row.status);
  });
}

/** Writes the ends of attempts into the items' rows; all completions go into one statement. */
export async function writeEnds(
  em: SqlEntityManager,
  jobId: string,
  changes: readonly TimedChange[],
  seq: number,
): Promise<void> {
  const completed = changes.filter(isCompleted);
  if (completed.length > 0) await writeCompleted(em, jobId, completed, seq);
  for (const change of changes) if ('error' in change) await writeFailure(em, jobId, change, seq);
}

async function writeCompleted(
  em: SqlEntityManager,
  jobId: string,
  changes: readonly TimedChange<Completed>[],
  seq: number,
): Promise<void> {
  // PostgreSQL infers the type of a CASE expression's values from the column in its ELSE.
  const perItem = (column: string) =>
    `${column} = case position ${changes.map(() => 'when ? then ?').join(' ')} else ${column} end`;
  await em.execute(
    `update job_item set status = ?, ended_seq = ?, error = null, ${perItem('duration_ms')}, ${perItem('result_id')},
       ${perItem('started_at')}, ${perItem('finished_at')}
     where job_id = ? and (${changes.map(() => 'position = ? and attempts = ?').join(' or ')})`,
    [
      statusAfter('complete'),
      seq,
      ...changes.flatMap(({ position, result }) => [position, result.durationMs]),
      ...changes.flatMap(({ position, result }) => [position, result.id]),
      ...changes.flatMap(({ position, startedAt, at }) => [position, startedAt ?? at]),
      ...changes.flatMap(({ position, at }) => [position, at]),
      jobId,
      ...changes.flatMap(({ position, attempts }) => [position, attempts]),
    ],
  );
}

async function writeFailure(
  em: SqlEntityManager,
  jobId: string,
  change: TimedChange<Extract<ItemChange, { error: ItemError }>>,
  seq: number,
): Promise<void> {
  const { move, position, attempts, crashes, error, startedAt, at } = change;
  await em.execute(
    `update job_item set status = ?, crashes = ?, error = ?, ended_seq = ?, finished_at = ?,
       started_at = coalesce(?, started_at)
     where job_id = ? and position = ? and attempts = ?`,
    [
      ...[statusAfter(move), crashes, JSON.stringify(error), move === 'fail' ? seq : null, at],
      ...[startedAt ?? null, jobId, position, attempts],
    ],
  );
}
