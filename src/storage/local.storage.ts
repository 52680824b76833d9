import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { CountedBody } from './counted-body.js';
import { DurableFolders, syncFolder } from './durable-folder.js';
import { entriesOf, PartialFiles } from './partial-files.js';
import type { ByteRange, Storage, StoredObject, WriteOptions } from './storage.js';
import { notStored, rangeOutside, storageUnavailable } from './storage-errors.js';
import { assertStorageKey, assertStoragePrefix, isStorageKey } from './storage-key.js';
import { isAbsent, isUnavailable } from './system-error.js';

/** A symbolic link is not followed, and a pipe in place of a file is not waited for. Windows has neither flag. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Stores objects as files under a root folder, which is one file system. A file is written under a temporary name, synced,
 * renamed to its key, and the folder synced: a crash leaves a partial file for {@link sweep} to remove, or a whole object.
 * Files and folders are readable by the user of the process alone.
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
    { maxBytes, durable = true }: WriteOptions = {},
  ): Promise<{ byteSize: number }> {
    const counted = new CountedBody(body, maxBytes);
    try {
      const path = this.#pathOf(key);
      const partial = await this.#partials.write(counted, durable);
      try {
        await this.#folders.inside(dirname(key), async (folder) => {
          await rename(partial, path);
          if (durable) await syncFolder(folder);
        });
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      return { byteSize: counted.byteSize };
    } catch (error) {
      counted.destroy();
      throw fromSystemError(error);
    }
  }

  async read(key: string): Promise<Uint8Array> {
    const { handle, byteSize } = await this.#open(key);
    try {
      const bytes = Buffer.allocUnsafeSlow(byteSize);
      // One read where the system allows it: `readFile` asks for the size again, and looks for more at the end.
      for (let at = 0; at < byteSize; ) {
        const { bytesRead } = await handle.read(bytes, at, byteSize - at);
        if (bytesRead === 0) return bytes.subarray(0, at);
        at += bytesRead;
      }
      return bytes;
    } catch (error) {
      throw fromSystemError(error);
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
      const found = await lstat(this.#pathOf(key));
      return found.isFile() ? { key, byteSize: found.size, modifiedAt: found.mtime } : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw fromSystemError(error);
    }
  }

  async delete(key: string): Promise<void> {
    const path = this.#pathOf(key);
    // The error of `unlink` for a folder differs between systems.
    if ((await this.stat(key)) === undefined) return;
    try {
      await unlink(path);
      await syncFolder(dirname(path));
    } catch (error) {
      if (!isAbsent(error)) throw fromSystemError(error);
    }
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    assertStoragePrefix(prefix);
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    try {
      for await (const key of this.#keysIn(folder, prefix)) {
        const found = await this.stat(key);
        if (found !== undefined) yield found;
      }
    } catch (error) {
      throw fromSystemError(error);
    }
  }

  async sweep(olderThan: Date): Promise<number> {
    try {
      return await this.#partials.sweep(olderThan);
    } catch (error) {
      throw fromSystemError(error);
    }
  }

  async check(): Promise<void> {
    try {
      const partial = await this.#partials.write(new CountedBody(Buffer.alloc(1)), true);
      await unlink(partial);
    } catch (error) {
      throw fromSystemError(error);
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
      handle = await open(path, READ);
    } catch (error) {
      throw isAbsent(error) ? notStored(key, error) : fromSystemError(error);
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

function fromSystemError(error: unknown): unknown {
  return isUnavailable(error) ? storageUnavailable(error) : error;
}
