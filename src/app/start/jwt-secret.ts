import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SECRET = 'jwt-secret';
/** Names the database whose secret is in the file `jwt-secret`. */
const OWNER = 'jwt-secret.database';

/**
 * Returns the secret of a database from a folder; created at the first start. The first database of a folder uses
 * `jwt-secret`, every other `jwt-secret-<id>`.
 */
export async function loadOrCreateSecret(folder: string, databaseId: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = await readOrCreate(join(folder, OWNER), databaseId);
  const name = owner === databaseId ? SECRET : `${SECRET}-${databaseId}`;
  return readOrCreate(join(folder, name), randomBytes(48).toString('base64url'));
}

/** Returns the contents of a file; a missing file is created with `text`. Only its owner may read it. */
async function readOrCreate(path: string, text: string): Promise<string> {
  try {
    // `wx`: of two processes that start together, one creates the file and both read it.
    await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(path, 'utf8')).trim();
}
