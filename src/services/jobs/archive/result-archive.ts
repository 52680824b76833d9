import { Readable } from 'node:stream';
import { makeZip } from 'client-zip';
import { AppError } from '../../../errors.js';
import type { Storage } from '../../../storage/storage.js';
import { ArchiveNames } from './archive-name.js';

const MANIFEST = 'manifest.json';

/** One item of a job. */
export interface ArchiveItem {
  /** Where its result lies; undefined where it has none. */
  key: string | undefined;
  /** The file name to give it in the archive; any text. */
  name: string;
  /** What the manifest says about it. */
  record: Record<string, unknown>;
}

/**
 * A zip of results as a stream, with a `manifest.json` at its end: `{ ...about, items: [{ ...record, file }] }`,
 * where `file` is the name in the archive, or null for an item without a result, or whose result has been
 * deleted meanwhile. Pictures are compressed already, so they are stored as they are.
 *
 * It reads as fast as it is read, one result at a time; what it keeps is the names and records. A result that
 * fails midway fails the stream. Destroying the stream closes the result and `items`.
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
      const file = open === undefined ? null : names.give(name);
      records.push({ ...record, file });
      if (open !== undefined && file !== null) yield { name: file, input: open };
    }
    const manifest = { ...about, items: records };
    yield { name: MANIFEST, input: `${JSON.stringify(manifest, null, 2)}\n` };
  }

  // client-zip reads ahead, and closes neither its inputs nor their list when its reader leaves.
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
