import { mkdir, open } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/** Makes the names in a folder survive a power cut. Windows cannot do it, and needs no asking. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes folders under a root, and makes their own names durable before anything is put into them. */
export class DurableFolders {
  /** By folder, so that a second writer waits for the first one's sync instead of running ahead of it. */
  readonly #synced = new Map<string, Promise<void>>();

  constructor(readonly root: string) {}

  /** The folder's path, once it exists durably. `relative` is a storage key's folder, or one of our own. */
  async make(relative: string): Promise<string> {
    const folder = join(this.root, relative);
    // Always asked for: it is one quick call, and somebody may have removed the folder meanwhile.
    const firstMade = await mkdir(folder, { recursive: true });
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
    return folder;
  }

  /** From the folder's parent up to the root, or to where the first new folder was made when that is above it. */
  async #syncParents(folder: string, firstMade: string | undefined): Promise<void> {
    const top = firstMade !== undefined && this.root.startsWith(firstMade) ? dirname(firstMade) : this.root;
    for (let path = folder; path !== top && path.startsWith(top + (top.endsWith(sep) ? '' : sep)); ) {
      path = dirname(path);
      await syncFolder(path);
    }
  }
}
