import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';

/** Kysely's connection to SQLite, as `onCreateConnection` gets it: the only one there is. */
export interface SqliteConnection {
  executeQuery(query: CompiledQuery): Promise<unknown>;
}

/** How long a statement waits for another program's lock. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 20;

/**
 * Sets what MikroORM leaves at SQLite's defaults: readers beside a writer (WAL), and a commit that survives a power cut
 * (synchronous=FULL). Changes how three things are done:
 *
 * - Another program's lock is waited for here. SQLite would wait itself (busy_timeout), and stop the event loop with it.
 * - A transaction takes the lock as it begins. One that has read first may find that it cannot write any more, whatever
 *   it waits for.
 * - After a full disk or a failing one SQLite has rolled back already, and refuses to do it again. Kysely takes that for
 *   a rollback that failed, and never gives the connection back.
 */
export async function useDurableSqlite(connection: SqliteConnection): Promise<void> {
  const execute = connection.executeQuery.bind(connection);

  connection.executeQuery = async (query) => {
    const { sql } = query;
    const asked = sql === 'begin' ? CompiledQuery.raw('begin immediate') : query;
    for (const deadline = performance.now() + PATIENCE_MS; ; ) {
      try {
        return await execute(asked);
      } catch (error) {
        if (sql === 'rollback' && isRolledBack(error)) return { rows: [] };
        if (!isLocked(error) || performance.now() > deadline) throw error;
        await delay(PAUSE_MS);
      }
    }
  };
  for (const pragma of ['busy_timeout = 0', 'journal_mode = WAL', 'synchronous = FULL']) {
    await connection.executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
  }
}

/** Not SQLITE_BUSY_SNAPSHOT, which waiting does not mend. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}

function isRolledBack(error: unknown): boolean {
  return error instanceof Error && error.message.includes('no transaction is active');
}
