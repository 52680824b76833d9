import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from './support/database.js';

describe('the migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database.close());

  it('is what the entities ask for', async () => {
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
  });

  it('survives a power cut, reads beside a writer, and keeps references whole', async () => {
    const read = async (pragma: string) => database.fork().getConnection().execute(`pragma ${pragma}`);
    expect(await read('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await read('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(await read('busy_timeout')).toEqual([{ timeout: 5000 }]);
  });
});
