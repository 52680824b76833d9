import { Readable } from 'node:stream';
import { makeZip } from 'client-zip';
import { AppError } from '../../../errors.js';
import type { Storage } from '../../../storage/storage.js';
import { ArchiveNames } from './archive-name.js';

const MANIFEST = 'manifest.json';

/** One item of a job. */
export interface ArchiveItem {
  /** Storage key of its result; undefined without one. */
  key: string | undefined;
  /** Preferred file name in the archive; any text. */
  name: string;
  /** The item's entry in the manifest. */
  record: Record<string, unknown>;
}

/**
 * Returns a zip of results as a stream, with a `manifest.json` as its last file: `{ ...about, items: [{ ...record, file }] }`.
 * `file` is the name in the archive; null for an item without a result, or whose result has been deleted. Images are
 * compressed already, so the zip stores them uncompressed.
 *
 * Reads one result at a time, as fast as its reader; only names and records stay in memory. An error in one result
 * fails the stream. Destroying the stream closes the open result and `items`.
 */
export function resultArchive(
  storage: Pick<Storage, 'stream'>,
  items: AsyncIterable<ArchiveItem>,
  about: Record<string, unknown>,
): Readable {
  return Readable.from(zip(storage, items[Symbol.asyncIterator](), about), { objectMode: false });
}

async function* zip(
  storage: Pick<Storage, 'stream'>,
  items: AsyncIterator<ArchiveItem>,
  about: Record<string, unknown>,
): AsyncGenerator<Uint8Array> {
  const names = new ArchiveNames(MANIFEST);
  const records: Record<string, unknown>[] = [];
  let open: Readable | undefined;
  let left = false;

  async function* files() {
    for (let item = await items.next(); !item.done; item = await items.next()) {
      const { key, name, record } = item.value;
      open = await openIfStored(storage, key);
      if (left) {
        open?.destroy();
        return;
      }
      const file = open === undefined ? null : names.assign(name);
      records.push({ ...record, file });
      if (open !== undefined && file !== null) yield { name: file, input: open };
    }
    const manifest = { ...about, items: records };
    yield { name: MANIFEST, input: `${JSON.stringify(manifest, null, 2)}\n` };
  }

  // client-zip reads ahead, and closes neither its inputs nor their iterator when its reader stops.
  const reader = makeZip(files()).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    left = true;
    open?.destroy();
    await items.return?.();
  }
}

async function openIfStored(
  storage: Pick<Storage, 'stream'>,
  key: string | undefined,
): Promise<Readable | undefined> {
  try {
    return key === undefined ? undefined : await storage.stream(key);
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
