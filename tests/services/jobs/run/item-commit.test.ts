import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Image } from '../../../../src/entities/image.entity.js';
import { eventually } from '../../../support/eventually.js';
import { JobWorld } from '../../../support/fakes/job-world.js';
import { onPostgresql, type TestDatabase } from '../../../support/servers/database.js';

onPostgresql('an image that is deleted between two statements of a commit', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;

  beforeEach(async () => {
    database = await databases.open();
    world = await JobWorld.open(database);
    world.run();
  });
  afterEach(async () => {
    await world.close();
    await database.close();
  });

  it('keeps its result, with a null source', async () => {
    const ada = await world.user();
    const [source = ''] = await world.upload(ada, 1);
    const { id } = await world.create(ada, [source]);
    await eventually(() => world.compute.running.length === 1);

    const em = database.fork();
    await em.begin();
    await em.nativeDelete(Image, { id: source });
    await world.compute.running[0]?.succeed();
    // The commit has found the image, and waits until the deletion ends.
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await eventually(async () => (await database.fork().execute(waiting)).length > 0);
    await em.commit();

    await world.ended(id);
    const [item] = await world.items(id);
    expect(item).toMatchObject({ status: 'COMPLETED', attempts: 1, image: null });
    expect((await world.images.find(ada, item?.result?.id ?? '')).source).toBeNull();
    // Only its row was deleted, so its file remains.
    expect([await world.orphans(), world.errors]).toEqual([[`images/${source}`], []]);
  });
});
