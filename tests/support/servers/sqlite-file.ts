import { DatabaseSync } from 'node:sqlite';

/** What SQLite finds wrong in a database file, read as another program beside the server. */
export function damageOf(file: string): unknown[] {
  const database = new DatabaseSync(file, { readOnly: true });
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

/** Takes the lock to write, as another program; the function returned gives it back. */
export function lockFile(file: string): () => void {
  const database = new DatabaseSync(file);
  database.exec('begin immediate');
  return () => {
    database.exec('rollback');
    database.close();
  };
}
