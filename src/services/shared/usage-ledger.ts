import type { SqlEntityManager } from '@mikro-orm/sql';
import { inTransaction } from './transaction.js';

/** What a user stores: images with their bytes, and the items of jobs. */
export interface UsageTotals {
  imageCount: number;
  imageBytes: number;
  jobItems: number;
}

const TOTALS = 'image_count as "imageCount", image_bytes as "imageBytes", job_items as "jobItems"';

/** Returns what a user stores. */
export async function usageOf(em: SqlEntityManager, userId: string): Promise<UsageTotals> {
  const read = () =>
    em.execute<UsageTotals[]>(`select ${TOTALS} from user_usage where owner_id = ?`, [userId]);
  const [row] = await read();
  if (row !== undefined) return row;
  await countOnce(em, userId);
  const [counted = { imageCount: 0, imageBytes: 0, jobItems: 0 }] = await read();
  return counted;
}

/**
 * Adds to a user's usage and returns the new totals; runs in the transaction that stores or deletes what it counts, and
 * before those statements. It locks the user's usage until the transaction ends, so that concurrent requests do not
 * exceed a limit together, and one order of locks (job, usage, user, images, items) rules out deadlocks.
 */
export async function addUsage(
  em: SqlEntityManager,
  userId: string,
  { imageCount = 0, imageBytes = 0, jobItems = 0 }: Partial<UsageTotals>,
): Promise<UsageTotals> {
  const add = () =>
    em.execute<UsageTotals[]>(
      `update user_usage set image_count = image_count + ?, image_bytes = image_bytes + ?, job_items = job_items + ?
       where owner_id = ? returning ${TOTALS}`,
      [imageCount, imageBytes, jobItems, userId],
    );
  const [row] = await add();
  if (row !== undefined) return row;
  await countOnce(em, userId);
  const [counted] = await add();
  if (counted === undefined) throw new Error(`No usage of user ${userId}`);
  return counted;
}

/** The totals of `u.id`, counted. */
const COUNTED = `(select count(*) from image where owner_id = u.id),
  (select coalesce(sum(byte_size), 0) from image where owner_id = u.id),
  (select coalesce(sum(total_count), 0) from job where owner_id = u.id)`;

/** Stores the usage of a user who has none yet; one that a concurrent transaction stores stays. */
async function countOnce(em: SqlEntityManager, userId: string): Promise<void> {
  await em.execute(
    `insert into user_usage (owner_id, checked_at, image_count, image_bytes, job_items)
     select u.id, ?, ${COUNTED} from "user" u where u.id = ? on conflict (owner_id) do nothing`,
    [new Date(), userId],
    'run',
  );
}

/**
 * Removes a user's usage, in the transaction that then deletes the user: a cascade would lock the user first, while
 * PostgreSQL locks the user of a usage at its second change in a transaction.
 */
export async function removeUsage(em: SqlEntityManager, userId: string): Promise<void> {
  await em.execute('delete from user_usage where owner_id = ?', [userId], 'run');
}

/** Users whose usage one round of housekeeping counts: its work does not grow with their number. */
const AUDITED_USERS = 100;

/** Counts the rows of the users whose usage was not checked for longest, and corrects it where it differs. */
export async function auditUsage(fork: () => SqlEntityManager, signal?: AbortSignal): Promise<void> {
  const users = await fork().execute<{ id: string }[]>(
    'select owner_id as id from user_usage order by checked_at limit ?',
    [AUDITED_USERS],
  );
  for (const { id } of users) {
    if (signal?.aborted) return;
    await inTransaction(fork(), async (em) => {
      // Locked first: what is counted afterwards includes every transaction that has changed the usage.
      await em.execute('update user_usage set checked_at = ? where owner_id = ?', [new Date(), id], 'run');
      await em.execute(
        `update user_usage set (image_count, image_bytes, job_items) = (select ${COUNTED} from "user" u where u.id = ?)
         where owner_id = ?`,
        [id, id],
        'run',
      );
    });
  }
}
