import type { SqlEntityManager } from '@mikro-orm/sql';
import { isSqlite } from '../../../mikro-orm.config.js';
import { LocalQueue } from '../../../src/queue/local.queue.js';
import { PgBossQueue } from '../../../src/queue/pg-boss.queue.js';
import type { Queue } from '../../../src/queue/queue.js';
import { QueuedChunk } from '../../../src/queue/queued-chunk.entity.js';
import type { TestDatabase } from '../servers/database.js';

/** Opens the queue that a server uses on a database: its own on SQLite, pg-boss on PostgreSQL. */
export async function openTestQueue(
  { url }: TestDatabase,
  fork: () => SqlEntityManager,
  onError: (error: unknown) => void,
): Promise<Queue> {
  return isSqlite(url) ? new LocalQueue(fork) : PgBossQueue.open(url, onError);
}

/** Expires all claims, as missed heartbeats do. */
export async function loseClaims({ url, fork }: TestDatabase): Promise<void> {
  // A LocalQueue keeps its claims in memory. This statement is what pg-boss does when a heartbeat is missed.
  const sql = "update pgboss.job set state = 'retry', heartbeat_on = null where state = 'active'";
  if (!isSqlite(url)) await fork().execute(sql);
}

/** Removes the queue entries of a job (default: of all jobs). */
export async function removeEntries({ url, fork }: TestDatabase, jobId?: string): Promise<void> {
  if (isSqlite(url)) await fork().nativeDelete(QueuedChunk, jobId === undefined ? {} : { jobId });
  else if (jobId === undefined) await fork().execute('delete from pgboss.job');
  else await fork().execute("delete from pgboss.job where data ->> 'jobId' = ?", [jobId]);
}
