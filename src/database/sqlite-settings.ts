import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { alwaysGivenBack, type DatabaseConnection } from './transaction-guard.js';

/** How long another program's lock is waited for; after that every statement that meets it fails at once. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 20;

/**
 * Sets what MikroORM leaves at SQLite's defaults: readers beside a writer (WAL), and a commit that survives a power cut
 * (synchronous=FULL). A transaction takes the lock as it begins: one that has read first may find that it cannot write
 * any more, whatever it waits for.
 */
export async function useDurableSqlite(connection: DatabaseConnection): Promise<void> {
  waitForLocks(connection);
  alwaysGivenBack(connection, 'begin immediate');
  for (const pragma of ['busy_timeout = 0', 'journal_mode = WAL', 'synchronous = FULL']) {
    await connection.executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
  }
}

/** Waits for another program's lock. SQLite would do so itself (busy_timeout), and stop the event loop with it. */
function waitForLocks(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  let lockedSince: number | undefined;

  connection.executeQuery = async (query) => {
    for (;;) {
      try {
        const result = await execute(query);
        if (!isRead(query)) lockedSince = undefined;
        return result;
      } catch (error) {
        if (!isLocked(error)) throw error;
        lockedSince ??= performance.now();
        if (performance.now() - lockedSince > PATIENCE_MS) throw error;
        await delay(PAUSE_MS);
      }
    }
  };
}

/** Reads go on beside another program's lock, and say nothing of it. */
const isRead = ({ sql }: CompiledQuery): boolean => /^\s*select\b/i.test(sql);

/** Whether another connection holds the lock. Not SQLITE_BUSY_SNAPSHOT, which waiting does not mend. */
export function isLocked(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'SQLITE_BUSY';
}
