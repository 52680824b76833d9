import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { encodeRecipe } from '../../../../src/services/images/variants/recipe.js';
import { VariantCache } from '../../../../src/services/images/variants/variant-cache.js';
import { untilPasses } from '../../../support/eventually.js';
import { ManualCompute } from '../../../support/fakes/manual-compute.js';
import { MemoryStorage } from '../../../support/fakes/memory-storage.js';
import { eachDatabase, type TestDatabase } from '../../../support/servers/database.js';
import { imageOwner } from './image-owner.js';

const AT_ONCE = 3;
/** Variants of one owner that may wait. */
const WAITING = 100;

eachDatabase('variants that are not cached', (databases) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());

  it('are computed some at a time for each owner; too many are refused', async () => {
    const storage = new MemoryStorage();
    const compute = new ManualCompute(storage);
    const onError = (error: unknown) => {
      throw error;
    };
    const { fork } = database;
    const cache = new VariantCache({
      fork,
      storage,
      compute,
      computedAtOnce: AT_ONCE,
      maxBytes: 1e9,
      onError,
    });
    const get = (imageId: string, width: number) => {
      const operations = [{ kind: 'RESIZE', params: { width, fit: 'CONTAIN' } }] as const;
      const { text } = encodeRecipe({ operations, engine: 'SHARP', autoFormat: false, focalPoint: null });
      return cache.get({ imageId, recipe: text, formats: [] }, new AbortController().signal);
    };
    const [one, other] = [await imageOwner(fork()), await imageOwner(fork())];
    const wanted = Array.from({ length: AT_ONCE + WAITING }, (_, i) => get(one.imageId, i + 1));
    await untilPasses(() => expect(compute.running).toHaveLength(AT_ONCE));

    await untilPasses(() => expect(get(one.imageId, 1_000)).rejects.toMatchObject({ code: 'SERVER_BUSY' }));
    const ofOther = get(other.imageId, 1);
    await untilPasses(() => expect(compute.running).toHaveLength(AT_ONCE + 1));

    compute.onCall = (call) => void call.succeed();
    for (const call of compute.running) await call.succeed();
    const served = await Promise.all([...wanted, ofOther]);
    expect(served.map(({ hit }) => hit)).toEqual(served.map(() => false));
    expect((await get(one.imageId, 1)).hit).toBe(true);
    await cache.eviction.close();
  });
});
