import { mkdir, open } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { isAbsent } from './system-error.js';

/** Syncs a folder, so that its entries survive a power failure. Not needed on Windows, which has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates folders under a root and syncs their names before anything is written into them. */
export class DurableFolders {
  /** By folder, so that a second writer waits for the first one's sync. */
  readonly #synced = new Map<string, Promise<void>>();

  constructor(readonly root: string) {}

  /**
   * Does work in a folder once it exists durably, again if the folder has been removed since. `relative` is the folder of a
   * storage key, or one of our own.
   */
  async inside<Result>(relative: string, work: (folder: string) => Promise<Result>): Promise<Result> {
    const folder = join(this.root, relative);
    const synced = this.#synced.get(folder);
    if (synced !== undefined) {
      await synced;
      try {
        return await work(folder);
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    }
    await this.#make(folder);
    return work(folder);
  }

  async #make(folder: string): Promise<void> {
    const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
    let synced = this.#synced.get(folder);
    if (synced === undefined || firstMade !== undefined) {
      synced = this.#syncParents(folder, firstMade);
      this.#synced.set(folder, synced);
    }
    try {
      await synced;
    } catch (error) {
      this.#synced.delete(folder);
      throw error;
    }
  }

  /** Syncs from the folder's parent up to the root, or up to the first new folder where that is above the root. */
  async #syncParents(folder: string, firstMade: string | undefined): Promise<void> {
    const top = firstMade !== undefined && this.root.startsWith(firstMade) ? dirname(firstMade) : this.root;
    for (let path = folder; path !== top && path.startsWith(top + (top.endsWith(sep) ? '' : sep)); ) {
      path = dirname(path);
      await syncFolder(path);
    }
  }
}
