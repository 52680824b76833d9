import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Image } from '../../../src/entities/image.entity.js';
import { addUsage, auditUsage, usageOf } from '../../../src/services/shared/usage-ledger.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('what a user stores', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;

  beforeEach(async () => {
    database = await databases.open();
    world = await JobWorld.open(database, { groupMs: 0 });
    world.compute.onCall = (call) => call.succeed();
    ada = await world.user();
  });
  afterEach(async () => {
    await world.close();
    await database.close();
  });

  const counted = async () => {
    const [row] = await world
      .fork()
      .execute<{ images: number | string; bytes: number | string }[]>(
        'select count(*) as images, coalesce(sum(byte_size), 0) as bytes from image where owner_id = ?',
        [ada],
      );
    return { imageCount: Number(row?.images), imageBytes: Number(row?.bytes) };
  };

  it('moves with uploads, results, jobs and deletions', async () => {
    expect(await usageOf(world.fork(), ada)).toEqual({ imageCount: 0, imageBytes: 0, jobItems: 0 });
    const images = await world.upload(ada, 3);
    world.run();
    const { id } = await world.create(ada, images);
    await world.ended(id);
    await world.images.process(ada, {
      imageId: images[0] ?? '',
      operations: [{ kind: 'GRAYSCALE', params: {} }],
      engine: 'SHARP',
    });
    expect(await usageOf(world.fork(), ada)).toEqual({ ...(await counted()), jobItems: 3 });
    expect((await counted()).imageCount).toBe(7);

    await world.images.delete(ada, images);
    await world.jobs.delete(ada, id);
    expect(await usageOf(world.fork(), ada)).toEqual({ ...(await counted()), jobItems: 0 });
    expect((await counted()).imageCount).toBe(4);
  });

  it('counts images once that two requests delete at once', async () => {
    const images = await world.upload(ada, 6);
    const half = images.slice(0, 3);
    await Promise.allSettled([world.images.delete(ada, images), world.images.delete(ada, half)]);
    await Promise.allSettled([world.images.delete(ada, images.slice(3))]);
    expect(await usageOf(world.fork(), ada)).toEqual({ ...(await counted()), jobItems: 0 });
  });

  it('is correct after concurrent first changes', async () => {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        world.fork().transactional((em) => addUsage(em as never, ada, { imageCount: 1, imageBytes: 5 })),
      ),
    );
    expect(await usageOf(world.fork(), ada)).toEqual({ imageCount: 8, imageBytes: 40, jobItems: 0 });
  });

  it('does not change with a failed transaction', async () => {
    await world.upload(ada, 1);
    const failing = world.fork().transactional(async (em) => {
      await addUsage(em as never, ada, { imageCount: 1, jobItems: 2 });
      throw new Error('No');
    });
    await expect(failing).rejects.toThrow('No');
    expect(await usageOf(world.fork(), ada)).toEqual({ imageCount: 1, imageBytes: 6, jobItems: 0 });
  });

  it('is corrected by housekeeping', async () => {
    const [image = ''] = await world.upload(ada, 2);
    await world.fork().nativeDelete(Image, { id: image });
    await auditUsage(() => world.fork());
    expect(await usageOf(world.fork(), ada)).toEqual({ imageCount: 1, imageBytes: 6, jobItems: 0 });
  });
});
