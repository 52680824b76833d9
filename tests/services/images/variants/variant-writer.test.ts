import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  findVariant,
  insertVariants,
  type NewVariant,
  variantFile,
} from '../../../../src/services/images/variants/variant-rows.js';
import { VariantWriter } from '../../../../src/services/images/variants/variant-writer.js';
import { untilPasses } from '../../../support/eventually.js';
import { MemoryStorage } from '../../../support/fakes/memory-storage.js';
import { eachDatabase, type TestDatabase } from '../../../support/servers/database.js';
import { imageOwner } from './image-owner.js';

eachDatabase('rows of computed variants', (databases) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());

  let keys = 0;
  const variant = (of: { ownerId: string; imageId: string }): NewVariant => ({
    ...{ key: (++keys).toString(16).padStart(64, '0'), ...of },
    ...{ format: 'PNG', width: 1, height: 1, byteSize: 1, durationMs: 1, usedAt: new Date() },
  });
  function writer() {
    const [storage, sizes, errors]: [MemoryStorage, number[], unknown[]] = [new MemoryStorage(), [], []];
    const { fork } = database;
    return {
      ...{ storage, sizes, errors },
      writer: new VariantWriter({
        ...{ fork, storage },
        onStored: (byteSize) => sizes.push(byteSize),
        onError: (error) => errors.push(error),
      }),
    };
  }
  const isStored = async ({ key }: NewVariant) => (await findVariant(database.fork(), key)) !== undefined;

  it('are found while they wait, and stored soon', async () => {
    const { writer: rows, errors } = writer();
    const [first, second] = [
      variant(await imageOwner(database.fork())),
      variant(await imageOwner(database.fork())),
    ];
    for (const one of [first, second]) rows.add(one);
    expect([rows.find(first.key), rows.find(second.key)]).toEqual([first, second]);
    await untilPasses(() =>
      expect([rows.find(first.key), rows.find(second.key)]).toEqual([undefined, undefined]),
    );
    expect([await isStored(first), await isStored(second), errors]).toEqual([true, true, []]);
  });

  it('are stored at the end, those of more than one statement too', async () => {
    const { writer: rows } = writer();
    const owner = await imageOwner(database.fork());
    const variants = Array.from({ length: 501 }, () => variant(owner));
    for (const one of variants) rows.add(one);
    await rows.close();
    expect(await Promise.all([variants[0], variants[500]].map((one) => one && isStored(one)))).toEqual([
      true,
      true,
    ]);
  });

  it('are stored once, also where the write before is slow', async () => {
    const owner = await imageOwner(database.fork());
    const [first, second] = [variant(owner), variant(owner)];
    const sizes: number[] = [];
    const rows = new VariantWriter({
      ...{ fork: database.fork, storage: new MemoryStorage() },
      onStored: (byteSize) => {
        sizes.push(byteSize);
        // The next write is asked for while this one has not ended.
        if (sizes.length === 1) {
          rows.add(second);
          void rows.close();
        }
      },
      onError: () => sizes.push(0),
    });
    rows.add(first);
    await rows.close();
    await untilPasses(async () => expect(await isStored(second)).toBe(true));
    await rows.close();
    expect(sizes).toEqual([1, 1]);
  });

  it('replace one that another process has stored', async () => {
    const { writer: rows, errors } = writer();
    const one = variant(await imageOwner(database.fork()));
    await insertVariants(database.fork(), [one]);
    rows.add({ ...one, width: 2 });
    await rows.close();
    expect([(await findVariant(database.fork(), one.key))?.width, errors]).toEqual([2, []]);
  });

  it('are left out, with the file, where the image has been deleted; others are stored', async () => {
    const { writer: rows, storage, sizes, errors } = writer();
    const owner = await imageOwner(database.fork());
    const [kept, orphan] = [variant(owner), variant({ ...owner, imageId: randomUUID() })];
    for (const one of [kept, orphan]) {
      await storage.write(variantFile(one.imageId, one.key), Buffer.alloc(1));
      rows.add(one);
    }
    await rows.close();
    expect([await isStored(kept), await isStored(orphan), sizes, errors]).toEqual([true, false, [1], []]);
    expect([...storage.objects.keys()]).toEqual([variantFile(kept.imageId, kept.key)]);
  });

  it('are forgotten where the database fails, and the error is reported', async () => {
    const { writer: rows, errors } = writer();
    const one = { ...variant(await imageOwner(database.fork())), byteSize: Number.NaN };
    rows.add(one);
    await rows.close();
    expect([errors.length, rows.find(one.key), await isStored(one)]).toEqual([1, undefined, false]);
  });
});
