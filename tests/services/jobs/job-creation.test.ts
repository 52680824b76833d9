import { expect, it } from '@jest/globals';
import { Image } from '../../../src/entities/image.entity.js';
import { Job } from '../../../src/entities/job.entity.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { onPostgresql } from '../../support/servers/database.js';

onPostgresql('a job of which an image is deleted while it is created', (databases) => {
  it('is rejected as a whole and the error names the field', async () => {
    const database = await databases.open();
    const world = await JobWorld.open(database);
    const ada = await world.user();
    const images = await world.upload(ada, 2);
    // The images have been looked up by then, and the items are not there yet.
    database.orm.em.getEventManager().registerSubscriber({
      getSubscribedEntities: () => [Job],
      beforeCreate: async () => {
        await database.fork().nativeDelete(Image, { id: images[1] });
      },
    });
    const details = { field: 'input.imageIds' };
    await expect(world.create(ada, images)).rejects.toMatchObject({ code: 'CONFLICT', details });
    expect(await database.fork().count(Job)).toBe(0);
    await world.close();
    await database.close();
  });
});
