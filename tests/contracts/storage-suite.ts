import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Storage } from '../../src/storage/storage.js';

export interface StorageUnderTest {
  storage: Storage;
  /** The same storage, opened again as another process would. */
  reopened: Storage;
  /** Lists all stored files, including the remains of interrupted writes. */
  leftovers: () => Promise<string[]>;
  close: () => Promise<void>;
}

/** Contract of every storage. */
export function describeStorage(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`${name} as a Storage`, () => {
    let test: StorageUnderTest;
    let storage: Storage;
    const bytes = Buffer.from('0123456789');

    beforeAll(async () => {
      test = await open();
      storage = test.storage;
    });
    afterAll(() => test.close());

    const keysOf = async (prefix: string): Promise<string[]> => {
      const keys: string[] = [];
      for await (const { key } of storage.list(prefix)) keys.push(key);
      return keys.sort();
    };

    it.each([
      ['bytes', () => bytes],
      ['a stream', () => Readable.from([bytes.subarray(0, 4), bytes.subarray(4)])],
      ['nothing', () => Buffer.alloc(0)],
      ['an empty stream', () => Readable.from([])],
    ])('gives back what was written from %s', async (_, body) => {
      const expected = _.includes('empty') || _ === 'nothing' ? '' : bytes.toString();
      await expect(storage.write('round/trip.bin', body())).resolves.toEqual({ byteSize: expected.length });
      expect(Buffer.from(await storage.read('round/trip.bin')).toString()).toBe(expected);
      expect((await buffer(await test.reopened.stream('round/trip.bin'))).toString()).toBe(expected);
    });

    it('carries more than fits into one piece unchanged', async () => {
      const pieces = Array.from({ length: 180 }, (_, i) => Buffer.alloc(65_536, i));
      await storage.write('large.bin', Readable.from(pieces));
      expect(Buffer.concat(pieces).equals(await storage.read('large.bin'))).toBe(true);
    });

    it('replaces an existing file', async () => {
      await storage.write('replaced.bin', Buffer.from('a longer first version'));
      await storage.write('replaced.bin', bytes);
      expect(Buffer.from(await storage.read('replaced.bin'))).toEqual(bytes);
    });

    it('replaces it whole without waiting for the disk', async () => {
      await storage.write('made-again.bin', Buffer.from('a longer first version'));
      const written = await storage.write('made-again.bin', bytes, { durable: false });
      expect(written).toEqual({ byteSize: bytes.length });
      expect(Buffer.from(await test.reopened.read('made-again.bin'))).toEqual(bytes);
    });

    it('ends whole with one of two that are written at once', async () => {
      const [first, second] = [Buffer.alloc(300_000, 1), Buffer.alloc(200_000, 2)];
      await Promise.all([storage.write('both.bin', first), test.reopened.write('both.bin', second)]);
      const stored = Buffer.from(await storage.read('both.bin'));
      expect(stored.equals(first) || stored.equals(second)).toBe(true);
    });

    it.each([
      [{ start: 0, end: 0 }, '0'],
      [{ start: 3, end: 5 }, '345'],
      [{ start: 7, end: 1000 }, '789'],
    ])('streams the range %j', async (range, expected) => {
      await storage.write('range.bin', bytes);
      expect((await buffer(await storage.stream('range.bin', range))).toString()).toBe(expected);
    });

    it.each([
      { start: 10, end: 12 },
      { start: 5, end: 4 },
      { start: -2, end: 4 },
    ])('refuses the range %j', async (range) => {
      await storage.write('range.bin', bytes);
      await expect(storage.stream('range.bin', range)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        details: { field: 'range' },
      });
    });

    it('returns size and age', async () => {
      await storage.write('stat/one.bin', bytes);
      const found = await storage.stat('stat/one.bin');
      expect(found).toMatchObject({ key: 'stat/one.bin', byteSize: 10 });
      expect(Math.abs(Date.now() - Number(found?.modifiedAt))).toBeLessThan(3_600_000);
    });

    it.each(['absent.bin', 'absent/absent.bin', 'stat', 'stat/one.bin/below'])(
      'finds nothing under %s',
      async (key) => {
        await storage.write('stat/one.bin', bytes);
        await expect(storage.stat(key)).resolves.toBeUndefined();
        await expect(storage.read(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(storage.stream(key)).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(storage.stream(key, { start: 1, end: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(storage.delete(key)).resolves.toBeUndefined();
        await expect(storage.read('stat/one.bin')).resolves.toHaveLength(10);
      },
    );

    it('deletes one object and only that', async () => {
      await storage.write('gone/a.bin', bytes);
      await storage.write('gone/a.bin2', bytes);
      await storage.delete('gone/a.bin');
      await expect(storage.stat('gone/a.bin')).resolves.toBeUndefined();
      expect(await keysOf('gone/')).toEqual(['gone/a.bin2']);
    });

    it('lists by prefix, also one that ends inside a name', async () => {
      const keys = ['list/a/one.bin', 'list/a/two.bin', 'list/b.bin', 'list/b/three.bin', 'listed.bin'];
      for (const key of keys) await storage.write(key, bytes);
      expect(await keysOf('list')).toEqual(keys);
      expect(await keysOf('list/')).toEqual(keys.slice(0, 4));
      expect(await keysOf('list/a/t')).toEqual(['list/a/two.bin']);
      expect(await keysOf('list/b')).toEqual(['list/b.bin', 'list/b/three.bin']);
      expect(await keysOf('nowhere/')).toEqual([]);
      expect(await keysOf('')).toEqual(expect.arrayContaining(keys));
    });

    it.each([
      '',
      '.',
      '..',
      '../outside.bin',
      'a/../../outside.bin',
      '/etc/passwd',
      'a//b',
      'a/',
      '.hidden',
      'a/.incoming/b',
      'a.',
      'a\\b',
      'a\0b',
      'A.bin',
      'ä.bin',
      'a b',
      `${'x'.repeat(201)}`,
      Array(100).fill('abcdef').join('/'),
    ])('takes no key like %j', async (key) => {
      const body = Readable.from([bytes]);
      await expect(storage.write(key, body)).rejects.toThrow(TypeError);
      expect(body.destroyed).toBe(true);
      await expect(storage.read(key)).rejects.toThrow(TypeError);
      await expect(storage.stream(key)).rejects.toThrow(TypeError);
      await expect(storage.stat(key)).rejects.toThrow(TypeError);
      await expect(storage.delete(key)).rejects.toThrow(TypeError);
    });

    it.each(['..', '../', '/etc', 'a//', '.inc'])('takes no prefix like %j', async (prefix) => {
      await expect(keysOf(prefix)).rejects.toThrow(TypeError);
    });

    describe('a write that fails', () => {
      const maxBytes = 10;
      const tooLarge = { code: 'PAYLOAD_TOO_LARGE', details: { limit: 'maxBytes', value: maxBytes } };

      it('accepts a body of exactly the limit', async () => {
        await storage.write('limit.bin', Readable.from([bytes]), { maxBytes });
        await expect(storage.read('limit.bin')).resolves.toHaveLength(maxBytes);
      });

      it('refuses one byte more, reads no further and leaves nothing', async () => {
        let asked = 0;
        const endless = Readable.from(
          (function* () {
            for (;;) {
              asked++;
              yield Buffer.alloc(65_536);
            }
          })(),
        );
        const before = await test.leftovers();
        const oneMore = Buffer.alloc(maxBytes + 1);
        await expect(storage.write('over/a.bin', oneMore, { maxBytes })).rejects.toMatchObject(tooLarge);
        await expect(storage.write('over/b.bin', endless, { maxBytes })).rejects.toMatchObject(tooLarge);
        expect(endless.destroyed).toBe(true);
        expect(asked).toBeLessThan(50);
        expect(await test.leftovers()).toEqual(before);
      });

      it('refuses a body whose later piece exceeds the limit', async () => {
        const before = await test.leftovers();
        const body = Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(65_536)));
        const options = { maxBytes: 12_000_000 };
        await expect(storage.write('over/c.bin', body, options)).rejects.toMatchObject({
          code: 'PAYLOAD_TOO_LARGE',
        });
        expect(await test.leftovers()).toEqual(before);
      });

      it.each([
        ['throws', (stream: Readable) => stream.destroy(new Error('cable pulled'))],
        ['is destroyed without a word', (stream: Readable) => stream.destroy()],
      ])('leaves what was there when the body %s', async (_, end) => {
        await storage.write('kept.bin', bytes);
        const before = await test.leftovers();
        const body = new Readable({ read: () => undefined });
        body.push(Buffer.alloc(100_000));
        const writing = storage.write('kept.bin', body);
        setImmediate(() => end(body));
        await expect(writing).rejects.toThrow();
        expect(Buffer.from(await storage.read('kept.bin'))).toEqual(bytes);
        expect(await test.leftovers()).toEqual(before);
      });

      it('rejects with the error of a body that had failed before', async () => {
        const body = new Readable({ read: () => undefined });
        body.on('error', () => undefined);
        body.destroy(new Error('cable pulled'));
        await expect(storage.write('never.bin', body)).rejects.toThrow('cable pulled');
        await expect(storage.stat('never.bin')).resolves.toBeUndefined();
      });
    });

    it('can be written now, and that leaves nothing', async () => {
      const before = await test.leftovers();
      await storage.check();
      expect(await test.leftovers()).toEqual(before);
    });

    it('sweeps nothing where nothing was interrupted', async () => {
      const before = await test.leftovers();
      await expect(storage.sweep(new Date(Date.now() + 60_000))).resolves.toBe(0);
      expect(await test.leftovers()).toEqual(before);
    });
  });
}
