import type { SqlEntityManager } from '@mikro-orm/sql';
import { isSqlite } from '../../../mikro-orm.config.js';
import { LocalQueue } from '../../../src/queue/local.queue.js';
import { PgBossQueue } from '../../../src/queue/pg-boss.queue.js';
import type { Queue } from '../../../src/queue/queue.js';
import { QueuedChunk } from '../../../src/queue/queued-chunk.entity.js';
import type { TestDatabase } from '../servers/database.js';

/** The queue that a server has over a database: its own on SQLite, pg-boss on PostgreSQL. */
export async function openTestQueue(
  { url }: TestDatabase,
  fork: () => SqlEntityManager,
  onError: (error: unknown) => void,
): Promise<Queue> {
  return isSqlite(url) ? new LocalQueue(fork) : PgBossQueue.open(url, onError);
}

/** Takes their claims from all holders, as if they had been silent for as long as that takes. */
export async function loseClaims({ url, fork }: TestDatabase): Promise<void> {
  // Who holds what is known in the memory of a LocalQueue alone. This is what pg-boss does when a heartbeat is missed.
  const sql = "update pgboss.job set state = 'retry', heartbeat_on = null where state = 'active'";
  if (!isSqlite(url)) await fork().execute(sql);
}

/** Removes the entries of a job, or all. */
export async function removeEntries({ url, fork }: TestDatabase, jobId?: string): Promise<void> {
  if (isSqlite(url)) await fork().nativeDelete(QueuedChunk, jobId === undefined ? {} : { jobId });
  else if (jobId === undefined) await fork().execute('delete from pgboss.job');
  else await fork().execute("delete from pgboss.job where data ->> 'jobId' = ?", [jobId]);
}
