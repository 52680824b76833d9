import { DatabaseSync } from 'node:sqlite';

/** Longest wait for a server that writes, in ms: its lock is held for a commit to disk. */
const timeout = 60_000;

/** Problems that SQLite finds in a database file, opened by another program beside the server. */
export function damageOf(file: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout });
  try {
    const integrity = database.prepare('pragma integrity_check').all();
    const orphans = database.prepare('pragma foreign_key_check').all();
    return [
      ...integrity.map(({ integrity_check }) => integrity_check).filter((line) => line !== 'ok'),
      ...orphans,
    ];
  } finally {
    database.close();
  }
}

/** Acquires the write lock as another program; returns a function that releases it. */
export function lockFile(file: string): () => void {
  const database = new DatabaseSync(file, { timeout });
  database.exec('begin immediate');
  return () => {
    database.exec('rollback');
    database.close();
  };
}
