import type { SqlEntityManager } from '@mikro-orm/sql';
import type { ItemError } from '../../../entities/job-item.entity.js';
import type { JobStatus } from '../../../entities/job-status.js';
import type { ComputeResult } from '../../../execution/compute.js';
import { placeholders } from '../../shared/placeholders.js';
import { itemStatusesBefore, statusAfter } from '../job-state.js';

/**
 * The statements that every item of every job goes through, each in a transaction that has locked the job. They are SQL
 * for both databases: the query builder takes ten times as long for them as the database.
 */

/** A picture that was made, complete and on the disk, without its row. */
export type NewResult = ComputeResult & { id: string; filename: string };

/** What happened to an item, under the number of the attempt that it happened to. */
export type ItemChange =
  | (ItemAttempt & { move: 'start' | 'release' })
  | (ItemAttempt & { move: 'fail'; error: ItemError })
  | Completed;

export type Completed = ItemAttempt & { move: 'complete'; result: NewResult };

export const isCompleted = (change: ItemChange): change is Completed => change.move === 'complete';

/** An item by the attempt that was last started. */
export interface ItemAttempt {
  readonly position: number;
  readonly attempts: number;
  /** Workers that died under it. */
  readonly crashes: number;
  /** Null where the image has been deleted. */
  readonly imageId: string | null;
}

/**
 * Which changes still hold: not those of an attempt that was given up, nor of an item that was cancelled. To be asked
 * under the job's lock, which keeps it so until the transaction ends.
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

/** Writes changes that hold into their items' rows, those that complete an item in one statement. */
export async function writeChanges(
  em: SqlEntityManager,
  jobId: string,
  changes: readonly ItemChange[],
  seq: number,
): Promise<void> {
  const completed = changes.filter(isCompleted);
  if (completed.length > 0) await writeCompleted(em, jobId, completed, seq);
  for (const change of changes) if (change.move !== 'complete') await writeChange(em, jobId, change, seq);
}

async function writeCompleted(
  em: SqlEntityManager,
  jobId: string,
  changes: readonly Completed[],
  seq: number,
): Promise<void> {
  // PostgreSQL takes the type of a case's values from the column.
  const perItem = (column: string) =>
    `${column} = case position ${changes.map(() => 'when ? then ?').join(' ')} else ${column} end`;
  await em.execute(
    `update job_item set status = ?, ended_seq = ?, ${perItem('duration_ms')}, ${perItem('result_id')}
     where job_id = ? and (${changes.map(() => 'position = ? and attempts = ?').join(' or ')})`,
    [
      statusAfter('complete'),
      seq,
      ...changes.flatMap(({ position, result }) => [position, result.durationMs]),
      ...changes.flatMap(({ position, result }) => [position, result.id]),
      jobId,
      ...changes.flatMap(({ position, attempts }) => [position, attempts]),
    ],
  );
}

async function writeChange(
  em: SqlEntityManager,
  jobId: string,
  change: Exclude<ItemChange, Completed>,
  seq: number,
): Promise<void> {
  const { move, position, attempts, crashes } = change;
  await em.execute(
    `update job_item set status = ?, attempts = ?, crashes = ?, error = ?, ended_seq = ?
     where job_id = ? and position = ? and attempts = ?`,
    [
      statusAfter(move),
      move === 'start' ? attempts + 1 : attempts,
      crashes,
      move === 'fail' ? JSON.stringify(change.error) : null,
      move === 'fail' ? seq : null,
      jobId,
      position,
      attempts,
    ],
  );
}

/**
 * Starts items that have not ended, each as a new attempt: also those that are under way, as whoever has them is gone or
 * comes too late.
 */
export async function startAll(
  em: SqlEntityManager,
  jobId: string,
  positions: readonly number[],
): Promise<ItemAttempt[]> {
  const before = [...itemStatusesBefore('start'), ...itemStatusesBefore('release')];
  return em.execute<ItemAttempt[]>(
    `update job_item set status = ?, attempts = attempts + 1
     where job_id = ? and position in (${placeholders(positions)}) and status in (${placeholders(before)})
     returning position, attempts, crashes, image_id as "imageId"`,
    [statusAfter('start'), jobId, ...positions, ...before],
  );
}
