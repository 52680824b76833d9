import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Image } from '../src/entities/image.entity.js';
import { eachDatabase, onPostgresql, openTestDatabase, type TestDatabase } from './support/database.js';

eachDatabase('the migrated database', (databases) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());

  it('is what the entities ask for', async () => {
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
  });

  it('keeps its rows when it is brought up to date', async () => {
    const old = await openTestDatabase(await databases.create(), '20261121-accounts-and-images');
    const [user, image, at] = [crypto.randomUUID(), crypto.randomUUID(), '2026-11-21T10:00:00.123Z'];
    // As SQL, not through the entities: those are of today.
    const insert = (sql: string, values: unknown[]) => old.fork().getConnection().execute(sql, values);
    await insert('insert into "user" (id, email, password_hash, created_at) values (?, ?, ?, ?)', [
      user,
      'ada@example.com',
      'hash',
      databases.kind === 'SQLITE' ? Date.parse(at) : at,
    ]);
    await insert(
      `insert into image (id, owner_id, storage_key, filename, format, width, height, frames, byte_size, operations,
         created_at) values (?, ?, 'images/1', 'sky', 'JPEG', 4, 3, 1, 99, '[]', ?)`,
      [image, user, databases.kind === 'SQLITE' ? Date.parse(at) : at],
    );

    await old.orm.migrator.up();
    expect(await old.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    const kept = await old.fork().findOneOrFail(Image, { id: image }, { populate: ['owner'] });
    expect(kept).toMatchObject({
      filename: 'sky',
      createdAt: new Date(at),
      owner: { email: 'ada@example.com' },
    });
    await old.close();
  });
});

describe('a database in a file', () => {
  it('sums what a user keeps from an index alone', async () => {
    const database = await openTestDatabase();
    const sums = { image: 'byte_size', job: 'total_count' };
    for (const [table, column] of Object.entries(sums)) {
      const sum = `explain query plan select sum(${column}) from ${table} where owner_id = ''`;
      const plan = await database.fork().getConnection().execute(sum);
      expect(plan).toMatchObject([{ detail: expect.stringContaining('USING COVERING INDEX') }]);
    }
    await database.close();
  });

  it('survives a power cut, reads beside a writer, and keeps references whole', async () => {
    const database = await openTestDatabase();
    const read = async (pragma: string) => database.fork().getConnection().execute(`pragma ${pragma}`);
    expect(await read('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await read('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await database.close();
  });
});

onPostgresql('a database', (databases) => {
  it('is migrated once, however many processes start at the same time', async () => {
    const url = await databases.create();
    const all = await Promise.all(Array.from({ length: 6 }, () => openTestDatabase(url)));
    const executed = await all[0]?.orm.migrator.getExecuted();
    const names = executed?.map(({ name }) => name) ?? [];
    expect(names).toContain('20261121-accounts-and-images');
    expect(new Set(names).size).toBe(names.length);
    await Promise.all(all.map((database) => database.close()));
  });

  it('has an index for every foreign key, which PostgreSQL does not make by itself', async () => {
    const database = await databases.open();
    const missing = await database
      .fork()
      .getConnection()
      .execute(`
      select conrelid::regclass as "table", conkey as columns from pg_constraint
      where contype = 'f' and not exists (
        select from pg_index
        where indrelid = conrelid and (indkey::int2[])[0:array_length(conkey, 1) - 1] = conkey
      )`);
    expect(missing).toEqual([]);
    await database.close();
  });
});
