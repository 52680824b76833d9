import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret kept in a folder, made at the first start; only its owner may read the file. */
export async function loadOrCreateSecret(folder: string): Promise<string> {
  const path = join(folder, 'jwt-secret');
  await mkdir(folder, { recursive: true });
  try {
    // `wx`: of two processes that start together, one makes it and both read it.
    await writeFile(path, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFile(path, 'utf8');
}
