import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { AppError } from '../errors.js';
import { measuringPath } from '../execution/machine/waiting-line.js';
import { isLocked } from './sqlite-settings.js';

/** The file whose lock is held by the program of this user that measures a benchmark on this machine. */
export function machineLockPath(folder = tmpdir()): string {
  return `${measuringPath(folder)}.lock`;
}

/**
 * Acquires an exclusive lock on a file, which is created if missing. The operating system releases the lock when the
 * process ends, however it ends. SQLite takes it, as Node has no call for file locks.
 *
 * @returns the function that releases the lock, or null where another process holds it
 * @throws AppError INTERNAL_SERVER_ERROR where the path is a link, or belongs to another user
 */
export async function tryLockFile(path: string): Promise<(() => Promise<void>) | null> {
  await createOwnFile(path);
  const { MikroORM } = await import('@mikro-orm/sqlite');
  const orm = new MikroORM({
    dbName: path,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    // The driver's default of 5 s would block the event loop while another process has the lock.
    driverOptions: { timeout: 0 },
  });
  try {
    await orm.em.getConnection().execute('begin exclusive', [], 'run');
    return () => orm.close(true);
  } catch (error) {
    await orm.close(true);
    if (isLocked(error)) return null;
    throw error;
  }
}

/** The folder is shared with other users: a link that one of them put there could lead to a file of this user. */
async function createOwnFile(path: string): Promise<void> {
  const { O_CREAT, O_RDWR, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_CREAT | O_RDWR | O_NOFOLLOW, 0o600).catch((error) => {
    throw new AppError('INTERNAL_SERVER_ERROR', `The lock file ${path} cannot be opened: ${error.code}`);
  });
  try {
    const { uid, nlink } = await file.stat();
    if (nlink > 1 || (process.getuid && uid !== process.getuid())) {
      throw new AppError('INTERNAL_SERVER_ERROR', `The lock file ${path} belongs to another user`);
    }
  } finally {
    await file.close();
  }
}
