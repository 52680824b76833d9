import { type FileHandle, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { CountedBody } from './counted-body.js';
import { DurableFolders, syncFolder } from './durable-folder.js';
import { entriesOf, PartialFiles } from './partial-files.js';
import type { ByteRange, Storage, StoredObject } from './storage.js';
import { notStored, rangeOutside, storageUnavailable } from './storage-errors.js';
import { assertStorageKey, assertStoragePrefix, isStorageKey } from './storage-key.js';
import { isAbsent, isDiskFull } from './system-error.js';

/**
 * Objects as files under a root folder, which is one file system. A file is written under a name of its own,
 * synced, and only then renamed to its key, and the folder synced: a crash leaves a partial file for
 * {@link sweep} to remove, or a whole object, nothing between.
 */
export class LocalStorage implements Storage {
  readonly #root: string;
  readonly #folders: DurableFolders;
  readonly #partials: PartialFiles;

  constructor(rootFolder: string) {
    this.#root = resolve(rootFolder);
    this.#folders = new DurableFolders(this.#root);
    this.#partials = new PartialFiles(this.#folders);
  }

  async write(
    key: string,
    body: Uint8Array | Readable,
    options: { maxBytes?: number } = {},
  ): Promise<{ byteSize: number }> {
    const counted = new CountedBody(body, options.maxBytes);
    try {
      const path = this.#pathOf(key);
      const partial = await this.#partials.write(counted);
      try {
        const folder = await this.#folders.make(dirname(key));
        await rename(partial, path);
        await syncFolder(folder);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      return { byteSize: counted.byteSize };
    } catch (error) {
      counted.destroy();
      throw isDiskFull(error) ? storageUnavailable(error) : error;
    }
  }

  async read(key: string): Promise<Uint8Array> {
    const { handle } = await this.#open(key);
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  }

  async stream(key: string, range?: ByteRange): Promise<Readable> {
    const { handle, byteSize } = await this.#open(key);
    if (range === undefined) return handle.createReadStream();
    const { start, end } = range;
    if (start < 0 || start >= byteSize || end < start) {
      await handle.close();
      throw rangeOutside();
    }
    return handle.createReadStream({ start, end });
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    try {
      const found = await stat(this.#pathOf(key));
      return found.isFile() ? { key, byteSize: found.size, modifiedAt: found.mtime } : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    const path = this.#pathOf(key);
    // `unlink` would answer for a folder in words that differ between systems.
    if ((await this.stat(key)) === undefined) return;
    try {
      await unlink(path);
      await syncFolder(dirname(path));
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    assertStoragePrefix(prefix);
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    for await (const key of this.#keysIn(folder, prefix)) {
      const found = await this.stat(key);
      if (found !== undefined) yield found;
    }
  }

  async sweep(olderThan: Date): Promise<number> {
    return await this.#partials.sweep(olderThan);
  }

  async check(): Promise<void> {
    try {
      const partial = await this.#partials.write(new CountedBody(Buffer.alloc(1)));
      await unlink(partial);
    } catch (error) {
      throw isDiskFull(error) ? storageUnavailable(error) : error;
    }
  }

  #pathOf(key: string): string {
    assertStorageKey(key);
    return join(this.#root, key);
  }

  async #open(key: string): Promise<{ handle: FileHandle; byteSize: number }> {
    const path = this.#pathOf(key);
    let handle: FileHandle;
    try {
      handle = await open(path, 'r');
    } catch (error) {
      throw isAbsent(error) ? notStored(key, error) : error;
    }
    const found = await handle.stat();
    if (found.isFile()) return { handle, byteSize: found.size };
    await handle.close();
    throw notStored(key);
  }

  /** Keys under a folder (`''` or with a slash at its end) that start with the prefix. */
  async *#keysIn(folder: string, prefix: string): AsyncGenerator<string> {
    for await (const entry of entriesOf(join(this.#root, folder))) {
      const key = folder + entry.name;
      if (!isStorageKey(key)) continue;
      if (entry.isFile() && key.startsWith(prefix)) yield key;
      if (entry.isDirectory() && `${key}/`.startsWith(prefix)) yield* this.#keysIn(`${key}/`, prefix);
    }
  }
}
