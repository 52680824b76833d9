import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { VariantEviction } from '../../../../src/services/images/variants/variant-eviction.js';
import { removeVariantOrphans } from '../../../../src/services/images/variants/variant-orphans.js';
import {
  findVariant,
  insertVariants,
  variantFile,
} from '../../../../src/services/images/variants/variant-rows.js';
import { MemoryStorage } from '../../../support/fakes/memory-storage.js';
import { eachDatabase, type TestDatabase } from '../../../support/servers/database.js';
import { imageOwner } from './image-owner.js';

const DAY_MS = 86_400_000;
const result = { format: 'PNG' as const, width: 1, height: 1, durationMs: 1 };

eachDatabase('the variant cache', (databases) => {
  let database: TestDatabase;
  let storage: MemoryStorage;
  beforeAll(async () => {
    database = await databases.open();
  });
  beforeEach(async () => {
    storage = new MemoryStorage();
    await database.fork().execute('delete from variant');
  });
  afterAll(() => database.close());

  const owner = () => imageOwner(database.fork());

  let keys = 0;
  /** Stores a variant of some bytes. */
  async function stored(of: { ownerId: string; imageId: string }, byteSize: number): Promise<string> {
    const key = (++keys).toString(16).padStart(64, '0');
    await storage.write(variantFile(of.imageId, key), Buffer.alloc(byteSize, 65));
    await insertVariants(database.fork(), [{ key, ...of, ...result, byteSize, usedAt: new Date() }]);
    return key;
  }
  const isStored = async (key: string) => (await findVariant(database.fork(), key)) !== undefined;

  /** Evicts until the cache has at most some bytes. */
  async function evict(maxBytes: number, used: readonly string[] = []): Promise<void> {
    const onError = (error: unknown) => {
      throw error;
    };
    const eviction = new VariantEviction({ fork: database.fork, storage, maxBytes, onError });
    for (const key of used) eviction.touch(key);
    // Uses are stored a millisecond apart, the last one now: all of them are to be later than the variants.
    await delay(used.length + 1);
    eviction.start();
    await eviction.settled();
    await eviction.close();
  }

  it('removes the least recently used variants of the largest owner, rows and files', async () => {
    const [small, large] = [await owner(), await owner()];
    const kept = [await stored(small, 100), await stored(small, 100)];
    const many: string[] = [];
    for (let i = 0; i < 10; i++) many.push(await stored(large, 100));
    await evict(700, [...many.slice(5), ...many.slice(0, 2)]);
    expect(await Promise.all(kept.map(isStored))).toEqual([true, true]);
    const left = await Promise.all(many.map(isStored));
    expect(left.filter(Boolean).length).toBe(4);
    // The two that were used last are among them, those that were never used are not.
    expect([left[0], left[1], left[2], left[3], left[4]]).toEqual([true, true, false, false, false]);
    expect(storage.objects.size).toBe(6);
  });

  it('removes nothing below its limit', async () => {
    const one = await owner();
    const key = await stored(one, 500);
    await evict(500);
    expect(await isStored(key)).toBe(true);
  });

  it('sends a file that was opened before its eviction to the end', async () => {
    const one = await owner();
    const key = await stored(one, 500);
    const stream = await storage.stream(variantFile(one.imageId, key));
    await evict(100);
    expect(await isStored(key)).toBe(false);
    expect(await text(stream)).toBe('A'.repeat(500));
  });

  describe('its orphans', () => {
    it('are removed, files with a row and files of others are not', async () => {
      const one = await owner();
      const kept = variantFile(one.imageId, await stored(one, 10));
      const orphan = variantFile(one.imageId, 'f'.repeat(64));
      const foreign = ['variants/readme.txt', `variants/${one.imageId}/notes`, 'images/x'];
      for (const key of [orphan, ...foreign]) await storage.write(key, Buffer.from('x'));
      await removeVariantOrphans(database.fork(), storage, new Date(Date.now() + DAY_MS));
      expect([...storage.objects.keys()].toSorted()).toEqual([kept, ...foreign].toSorted());
    });

    it('are kept while they are younger than any computation', async () => {
      const orphan = variantFile(randomUUID(), 'e'.repeat(64));
      await storage.write(orphan, Buffer.from('x'));
      await removeVariantOrphans(database.fork(), storage, new Date(Date.now() - DAY_MS));
      expect(storage.objects.has(orphan)).toBe(true);
    });

    it('are removed in several batches', async () => {
      const id = randomUUID();
      for (let i = 0; i < 1_203; i++)
        await storage.write(variantFile(id, i.toString(16).padStart(64, 'a')), Buffer.from('x'));
      await removeVariantOrphans(database.fork(), storage, new Date(Date.now() + DAY_MS));
      expect(storage.objects.size).toBe(0);
    });
  });
});
