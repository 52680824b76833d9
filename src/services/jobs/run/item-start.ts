import type { SqlEntityManager } from '@mikro-orm/sql';
import { JobItem } from '../../../entities/job-item.entity.js';
import { placeholders } from '../../shared/placeholders.js';
import { attemptsBeforeStart } from '../attempt-spans.js';
import { itemStatusesBefore, statusAfter } from '../job-state.js';
import type { ItemAttempt } from './item-queries.js';

/** Statuses of an item that a claim starts. PROCESSING: its earlier holder has died or lost its claim. */
const STARTABLE = [...itemStatusesBefore('start'), ...itemStatusesBefore('release')];

/**
 * Starts items that have not ended, each as a new attempt; the result of an earlier holder will be rejected. The caller
 * holds the job's lock. Items of a first attempt take one plain SQL statement; others keep their earlier attempts.
 */
export async function startItems(
  em: SqlEntityManager,
  jobId: string,
  positions: readonly number[],
): Promise<ItemAttempt[]> {
  const fresh = await em.execute<ItemAttempt[]>(
    `update job_item set status = ?, attempts = 1, started_at = ?, finished_at = null
     where job_id = ? and position in (${placeholders(positions)}) and attempts = 0
       and status in (${placeholders(STARTABLE)})
     returning position, attempts, crashes, image_id as "imageId"`,
    [statusAfter('start'), new Date(), jobId, ...positions, ...STARTABLE],
  );
  if (fresh.length === positions.length) return fresh;
  return [...fresh, ...(await restartItems(em, jobId, positions, fresh))];
}

async function restartItems(
  em: SqlEntityManager,
  jobId: string,
  positions: readonly number[],
  fresh: readonly ItemAttempt[],
): Promise<ItemAttempt[]> {
  const started = new Set(fresh.map(({ position }) => position));
  const others = positions.filter((position) => !started.has(position));
  const where = { job: jobId, position: { $in: others }, status: { $in: STARTABLE } };
  const rows = await em.find(JobItem, where, { disableIdentityMap: true });
  const startedAt = new Date();
  for (const row of rows) {
    await em.nativeUpdate(
      JobItem,
      { job: jobId, position: row.position },
      {
        status: statusAfter('start'),
        attempts: row.attempts + 1,

        earlierAttempts: attemptsBeforeStart(row, startedAt),
        error: null,
        startedAt,
        finishedAt: null,
      },
    );
  }
  return rows.map(({ position, attempts, crashes, image }) => ({
    ...{ position, crashes, attempts: attempts + 1, imageId: image?.id ?? null },
  }));
}
