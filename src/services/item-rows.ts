import { LockMode, type RequiredEntityData } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../entities/image.entity.js';
import type { Job } from '../entities/job.entity.js';
import type { ItemError } from '../entities/job-item.entity.js';
import type { ComputeResult } from '../execution/compute.js';
import { imageKey } from './image-key.js';
import { itemStatusesBefore, statusAfter } from './job-state.js';

/**
 * The statements that every item of every job goes through, each in a transaction that has locked the job. They are SQL
 * for both databases: the query builder takes ten times as long for them as the database.
 */

/** A picture that was made, complete and on the disk, without its row. */
export type NewResult = ComputeResult & { id: string; filename: string };

/** What happened to an item, under the number of the attempt that it happened to. */
export type ItemChange = ItemAttempt &
  (
    | { move: 'start' | 'release' }
    | { move: 'complete'; result: NewResult }
    | { move: 'fail'; error: ItemError }
  );

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
 * Writes a change into the item's row, if it still is the attempt that the change is about; false for one that was given
 * up, or whose item was cancelled.
 */
export async function writeChange(
  em: SqlEntityManager,
  jobId: string,
  change: ItemChange,
  seq: number,
): Promise<boolean> {
  const { move, position, attempts, crashes } = change;
  const { affectedRows } = await em.execute<{ affectedRows: number }>(
    `update job_item set status = ?, attempts = ?, crashes = ?, error = ?, duration_ms = ?, ended_seq = ?
     where job_id = ? and position = ? and attempts = ? and status in (${marks(itemStatusesBefore(move))})`,
    [
      statusAfter(move),
      move === 'start' ? attempts + 1 : attempts,
      crashes,
      move === 'fail' ? JSON.stringify(change.error) : null,
      move === 'complete' ? change.result.durationMs : null,
      move === 'complete' || move === 'fail' ? seq : null,
      jobId,
      position,
      attempts,
      ...itemStatusesBefore(move),
    ],
    'run',
  );
  return affectedRows === 1;
}

/**
 * Which images are there, and stay until the transaction ends. To be asked before any item is written: whoever deletes an
 * image has its row first and the items that refer to it afterwards.
 */
export async function keepImages(
  em: SqlEntityManager,
  ids: readonly (string | null)[],
): Promise<ReadonlySet<string>> {
  const known = ids.filter((id) => id !== null);
  if (known.length === 0) return new Set();
  const images = await em.find(
    Image,
    { id: { $in: known } },
    { fields: ['id'], orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ, disableIdentityMap: true },
  );
  return new Set(images.map(({ id }) => id));
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
     where job_id = ? and position in (${marks(positions)}) and status in (${marks(before)})
     returning position, attempts, crashes, image_id as "imageId"`,
    [statusAfter('start'), jobId, ...positions, ...before],
  );
}

/** The image's row for a result. */
export function resultRow(job: Job, result: NewResult, sourceId: string | null): RequiredEntityData<Image> {
  const { operations, engine, owner } = job;
  const storageKey = imageKey(result.id);
  return { ...result, owner, source: sourceId, operations, engine, storageKey, createdAt: new Date() };
}

/** Stores the rows of results and ties them to the items that they belong to. */
export async function insertResults(
  em: SqlEntityManager,
  jobId: string,
  results: ReadonlyMap<number, RequiredEntityData<Image>>,
): Promise<void> {
  if (results.size > 0) await em.insertMany(Image, [...results.values()]);
  for (const [position, { id }] of results) {
    const values = [id, jobId, position];
    await em.execute('update job_item set result_id = ? where job_id = ? and position = ?', values);
  }
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
