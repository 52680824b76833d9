import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors.js';
import { isLocked } from './sqlite-settings.js';

/**
 * After a write in this mode, SQLite holds the lock of the file until the connection or the process ends, for any
 * reason.
 */
const LOCK = [
  'pragma locking_mode = exclusive',
  'create table if not exists holder (id integer primary key, pid integer not null)',
  `replace into holder values (1, ${process.pid})`,
];

/**
 * Makes this process the only server of a SQLite file, by a lock on a second file beside it: another server would run
 * its jobs and remove files that are being written. BAD_USER_INPUT if there already is one.
 *
 * @param path of the SQLite file
 * @returns releases the lock
 */
export async function acquireSingleInstanceLock(path: string): Promise<() => Promise<void>> {
  const { MikroORM } = await import('@mikro-orm/sqlite');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const orm = new MikroORM({
    dbName: `${path}-server`,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  const close = () => orm.close(true);
  try {
    for (const statement of LOCK) await orm.em.getConnection().execute(statement, [], 'run');
    return close;
  } catch (error) {
    await close();
    if (!isLocked(error)) throw error;
    throw AppError.badInput(
      'DATABASE_URL',
      `a server already runs on ${path}, and SQLite serves one\nStop it, name another file, or use postgresql://…, which servers can share.`,
    );
  }
}
