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

function unexpected(): never {
  throw new Error('expected a refusal');
}

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
    // One more than may be computed and wait: whichever comes last is refused.
    const wanted = Array.from({ length: AT_ONCE + WAITING + 1 }, (_, i) => get(one.imageId, i + 1));
    const refused = await Promise.any(wanted.map((each) => each.then(unexpected, (error) => error)));
    expect(refused).toMatchObject({ code: 'SERVER_BUSY' });
    await untilPasses(() => expect(compute.running).toHaveLength(AT_ONCE));

    const ofOther = get(other.imageId, 1);
    await untilPasses(() => expect(compute.running).toHaveLength(AT_ONCE + 1));

    compute.onCall = (call) => void call.succeed();
    for (const call of compute.running) await call.succeed();
    const answers = await Promise.allSettled([...wanted, ofOther]);
    const served = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(served.map(({ hit }) => hit)).toEqual(Array(AT_ONCE + WAITING + 1).fill(false));
    expect(await get(other.imageId, 1)).toMatchObject({ hit: true });
    await cache.close();
  });
});
