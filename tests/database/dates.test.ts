import { expect, it } from '@jest/globals';
import { eachDatabase } from '../support/servers/database.js';

eachDatabase('a row that was read and not changed', (databases) => {
  // On SQLite, MikroORM holds a stored date against a number; a property of type 'datetime' is then always different.
  it('has no changed date that a flush would write', async () => {
    const database = await databases.open();
    const comparator = database.fork().getComparator();
    const platform = database.orm.em.getPlatform();
    const read = new Date();
    const now = platform.processDateProperty(read);
    const dates = [...database.orm.getMetadata().getAll().values()].flatMap(({ class: entity, props }) =>
      props.filter(({ runtimeType }) => runtimeType === 'Date').map(({ name }) => ({ entity, name })),
    );
    const changed = dates.filter(
      ({ entity, name }) => !comparator.matching(entity, { [name]: read }, { [name]: now }),
    );
    expect(dates.length).toBeGreaterThan(20);
    expect(changed).toEqual([]);
    await database.close();
  });
});
