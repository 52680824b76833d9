import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import yauzl from 'yauzl';
import { AppError } from '../../../../src/errors.js';
import { type ArchiveItem, resultArchive } from '../../../../src/services/jobs/archive/result-archive.js';

const notFound = new AppError('NOT_FOUND', 'The file does not exist');

/** A storage that holds these objects. */
function holding(objects: Record<string, Buffer>) {
  return {
    async stream(key: string): Promise<Readable> {
      const found = objects[key];
      if (found === undefined) throw notFound;
      return Readable.from([found.subarray(0, 5), found.subarray(5)]);
    },
  };
}

async function* listed(...items: ArchiveItem[]) {
  yield* items;
}

interface Entry {
  stored: boolean;
  utf8: boolean;
  content: string;
}

/** Entries in order, read with another library. */
async function unzip(zip: Buffer): Promise<Map<string, Entry>> {
  const file = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(zip, {
    lazyEntries: true,
  });
  const entries = new Map<string, Entry>();
  file.on('entry', async (entry: yauzl.Entry) => {
    const stream = await promisify<yauzl.Entry, Readable>(file.openReadStream.bind(file))(entry);
    const { compressionMethod, generalPurposeBitFlag } = entry;
    const utf8 = (generalPurposeBitFlag & 0x800) !== 0;
    entries.set(entry.fileName, { stored: compressionMethod === 0, utf8, content: await text(stream) });
    file.readEntry();
  });
  file.readEntry();
  await once(file, 'end');
  return entries;
}

describe('an archive of results', () => {
  it('holds them unchanged, under safe names, and the manifest last', async () => {
    const storage = holding({
      'images/1.jpg': Buffer.from('first image'),
      'images/2.jpg': Buffer.from('second'),
    });
    const items = listed(
      { key: 'images/1.jpg', name: 'Grüße 東京.jpg', record: { position: 0 } },
      { key: undefined, name: 'broken.jpg', record: { position: 1, error: 'PROCESSING_FAILED' } },
      { key: 'images/2.jpg', name: '../GRÜSSE 東京.jpg', record: { position: 2 } },
      { key: 'images/gone.jpg', name: 'gone.jpg', record: { position: 3 } },
    );
    const entries = await unzip(await buffer(resultArchive(storage, items, { job: 'j1' })));
    expect([...entries.keys()]).toEqual(['Grüße 東京.jpg', 'GRÜSSE 東京 (2).jpg', 'manifest.json']);
    expect(entries.get('Grüße 東京.jpg')).toEqual({ stored: true, utf8: true, content: 'first image' });
    expect(entries.get('GRÜSSE 東京 (2).jpg')?.content).toBe('second');
    expect(JSON.parse(entries.get('manifest.json')?.content ?? '')).toEqual({
      job: 'j1',
      items: [
        { position: 0, file: 'Grüße 東京.jpg' },
        { position: 1, error: 'PROCESSING_FAILED', file: null },
        { position: 2, file: 'GRÜSSE 東京 (2).jpg' },
        { position: 3, file: null },
      ],
    });
  });

  it('without results has a manifest only', async () => {
    const entries = await unzip(await buffer(resultArchive(holding({}), listed(), {})));
    expect([...entries.keys()]).toEqual(['manifest.json']);
  });

  it('holds a thousand results of the same name', async () => {
    const items = Array.from({ length: 1000 }, (_, position) => ({
      key: 'a',
      name: 'a.jpg',
      record: { position },
    }));
    const zip = await buffer(resultArchive(holding({ a: Buffer.from('image') }), listed(...items), {}));
    const entries = await unzip(zip);
    expect(entries.size).toBe(1001);
    expect(entries.get('a (1000).jpg')?.content).toBe('image');
  });

  it('fails when a result fails midway, or the list does', async () => {
    const failing = { stream: async () => Readable.from(failingBody()) };
    const item = { key: 'a', name: 'a.jpg', record: {} };
    await expect(buffer(resultArchive(failing, listed(item), {}))).rejects.toThrow('disk pulled');
    const brokenList = (async function* () {
      yield item;
      throw new Error('database gone');
    })();
    const storage = holding({ a: Buffer.from('image') });
    await expect(buffer(resultArchive(storage, brokenList, {}))).rejects.toThrow('database gone');
    const denied = { stream: () => Promise.reject(new AppError('SERVER_BUSY', 'later')) };
    await expect(buffer(resultArchive(denied, listed(item), {}))).rejects.toMatchObject({
      code: 'SERVER_BUSY',
    });
  });
});

async function* failingBody() {
  yield Buffer.from('half an image');
  throw new Error('disk pulled');
}

describe('a reader', () => {
  const PIECE = Buffer.alloc(65_536);

  /** A thousand results of 64 MB, created while they are read; counts streams created and closed. */
  function endless() {
    const seen = { madeBytes: 0, opened: 0, closed: 0, listClosed: false };
    async function* body() {
      for (let i = 0; i < 1000; i++) {
        seen.madeBytes += PIECE.length;
        yield PIECE;
      }
    }
    async function* items() {
      try {
        for (let i = 0; i < 1000; i++) yield { key: 'a', name: `${i}.bin`, record: {} };
      } finally {
        seen.listClosed = true;
      }
    }
    const stream = async () => {
      seen.opened++;
      return Readable.from(body()).on('close', () => seen.closed++);
    };
    return { seen, archive: resultArchive({ stream }, items(), {}) };
  }

  it('that is slow slows the archive down, without buffering', async () => {
    const { seen, archive } = endless();
    let readBytes = 0;
    for await (const piece of archive) {
      readBytes += piece.length;
      for (let turn = 0; turn < 10; turn++) await setImmediate();
      expect(seen.madeBytes - readBytes).toBeLessThan(10 * PIECE.length);
      if (readBytes > 200 * PIECE.length) break;
    }
    expect(readBytes).toBeGreaterThan(200 * PIECE.length);
  });

  it.each([0, 1, 2, 3, 5, 1003])('that stops after %d pieces leaves nothing open', async (pieces) => {
    const { seen, archive } = endless();
    const reading = archive[Symbol.asyncIterator]();
    for (let i = 0; i < pieces; i++) await reading.next();
    archive.destroy();
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    expect(seen.closed).toBe(seen.opened);
    expect(seen.listClosed).toBe(pieces > 0);
  });

  it('that stops while the next result is being opened leaves it closed', async () => {
    const gate = Promise.withResolvers<Readable>();
    const asked = Promise.withResolvers<void>();
    const stream = async (key: string) => {
      if (key === 'first') return Readable.from([PIECE]);
      asked.resolve();
      return gate.promise;
    };
    const items = listed({ key: 'first', name: 'a', record: {} }, { key: 'next', name: 'b', record: {} });
    const archive = resultArchive({ stream }, items, {});
    // Header, name and image: the end of the entry is waiting, and only the zip reads on.
    const reading = archive[Symbol.asyncIterator]();
    for (let piece = 0; piece < 3; piece++) await reading.next();
    await asked.promise;
    archive.destroy();
    for (let turn = 0; turn < 10; turn++) await setImmediate();
    const late = new Readable({ read: () => undefined });
    gate.resolve(late);
    for (let turn = 0; turn < 10; turn++) await setImmediate();
    expect(late.destroyed).toBe(true);
  });
});
