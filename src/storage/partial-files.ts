import { randomUUID } from 'node:crypto';
import { open, opendir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountedBody } from './counted-body.js';
import type { DurableFolders } from './durable-folder.js';
import { isAbsent } from './system-error.js';

/** Folder of files that are being written. No key starts with a dot, so none can name it. */
const FOLDER = '.incoming';
/** Names that a sweep may remove: the root may be a folder with other files of its user. */
const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.partial$/;

/** The files of one storage that have no key yet. */
export class PartialFiles {
  readonly #folders: DurableFolders;

  constructor(folders: DurableFolders) {
    this.#folders = folders;
  }

  /** Writes a whole file, synced where it is to be durable, and returns its path. Leaves no file if it fails. */
  async write(body: CountedBody, durable: boolean): Promise<string> {
    const path = join(this.#folders.root, FOLDER, `${randomUUID()}.partial`);
    const handle = await this.#folders.inside(FOLDER, () => open(path, 'wx', 0o600));
    try {
      try {
        await handle.writeFile(body);
        if (durable) await handle.sync();
      } finally {
        await handle.close();
      }
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Removes those that have not grown since that moment; returns how many. */
  async sweep(olderThan: Date): Promise<number> {
    const folder = join(this.#folders.root, FOLDER);
    let removed = 0;
    for await (const entry of entriesOf(folder)) {
      if (!entry.isFile() || !NAME.test(entry.name)) continue;
      const path = join(folder, entry.name);
      try {
        if ((await stat(path)).mtime >= olderThan) continue;
        await unlink(path);
        removed++;
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    }
    return removed;
  }
}

/** Yields the entries of a folder; none where it does not exist. */
export async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
