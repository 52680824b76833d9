import { randomUUID } from 'node:crypto';
import { open, opendir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountedBody } from './counted-body.js';
import type { DurableFolders } from './durable-folder.js';
import { isAbsent } from './system-error.js';

/** Where files grow before they get their name. Its leading dot keeps it out of the reach of every key. */
const FOLDER = '.incoming';
/** Only names of this form are ever swept: the root may be a folder that the user keeps other things in. */
const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.partial$/;

/** Files of one storage that have no key yet. */
export class PartialFiles {
  readonly #folders: DurableFolders;

  constructor(folders: DurableFolders) {
    this.#folders = folders;
  }

  /** A whole and synced file; its path. Nothing is left where it fails. */
  async write(body: CountedBody): Promise<string> {
    const path = join(await this.#folders.make(FOLDER), `${randomUUID()}.partial`);
    const handle = await open(path, 'wx');
    try {
      try {
        await handle.writeFile(body);
        await handle.sync();
      } finally {
        await handle.close();
      }
      return path;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Removes those that have not grown since that moment; how many. */
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

/** What a folder holds, read piece by piece; nothing where it does not exist. */
export async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}
