import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { alwaysGivenBack, type DatabaseConnection } from './transaction-guard.js';

/** Time to wait for another program's lock, in ms; after it, every statement that meets the lock fails immediately. */
const LOCK_WAIT_MS = 5_000;
const PAUSE_MS = 20;

/**
 * Changes SQLite's defaults: concurrent readers during a write (WAL), and commits that survive a power failure
 * (synchronous=FULL). A transaction acquires the write lock at BEGIN, because after a read it may never get it.
 */
export async function useDurableSqlite(connection: DatabaseConnection): Promise<void> {
  waitForLocks(connection);
  alwaysGivenBack(connection, 'begin immediate');
  for (const pragma of ['busy_timeout = 0', 'journal_mode = WAL', 'synchronous = FULL']) {
    await connection.executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
  }
}

/** Waits for another program's lock. SQLite's own wait (busy_timeout) would block the event loop. */
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
        if (performance.now() - lockedSince > LOCK_WAIT_MS) throw error;
        await delay(PAUSE_MS);
      }
    }
  };
}

/** A read needs no lock, so a successful read does not prove that the lock is free. */
const isRead = ({ sql }: CompiledQuery): boolean => /^\s*select\b/i.test(sql);

/** Whether another connection holds the lock. Not SQLITE_BUSY_SNAPSHOT, for which waiting does not help. */
export function isLocked(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'SQLITE_BUSY';
}
