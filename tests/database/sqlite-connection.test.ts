import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { raw } from '@mikro-orm/core';
import type { SqliteConnection } from '@mikro-orm/sqlite';
import { openTestDatabase, type TestDatabase } from '../support/servers/database.js';

describe('statements on SQLite', () => {
  let database: TestDatabase;
  const prepared: string[] = [];

  beforeEach(async () => {
    database = await openTestDatabase();
    const client = await (database.orm.em.getConnection() as SqliteConnection).getNativeClient();
    const prepare = client.prepare.bind(client);
    client.prepare = ((sql: string) => {
      prepared.push(sql);
      return prepare(sql);
    }) as typeof client.prepare;
    prepared.length = 0;
  });
  afterEach(() => database.close());

  it('have one text for all values', async () => {
    const em = database.fork();
    for (const id of ['a', "b' or 1 = 1 --"]) await em.execute('select id from "user" where id = ?', [id]);
    expect(new Set(prepared).size).toBe(1);
    await em.execute('select id from "user" where id = ?', ['c']);
  });

  it('store and compare values as written out', async () => {
    const em = database.fork();
    const date = new Date(1_700_000_000_123);
    const values = ['text', 7, -0, 2.5, 2 ** 52, true, false, null, undefined, date, Buffer.from([1, 2])];
    const columns = values.map((_, index) => `? as c${index}, typeof(?) as t${index}`).join(', ');
    const [bound] = await em.execute(
      `select ${columns}`,
      values.flatMap((value) => [value, value]),
    );
    // A name as a parameter makes MikroORM write the statement out.
    const [written] = await em.execute(`select ${columns} from (select 1) as ??`, [
      ...values.flatMap((value) => [value, value]),
      'one',
    ]);
    expect(bound).toEqual(written);
  });

  it('take names and SQL as parameters too', async () => {
    const em = database.fork();
    expect(await em.execute('select ? as ??', [1, 'name'])).toEqual([{ name: 1 }]);
    expect(await em.execute('select ? as sum', [raw('1 + ?', [2])])).toEqual([{ sum: 3 }]);
  });

  it('run in their transaction, and report what they changed', async () => {
    const em = database.fork();
    await em.execute('create table item (id integer)');
    await em
      .transactional(async (tx) => {
        const inserted = await (tx as typeof em).execute('insert into item values (?), (?)', [1, 2], 'run');
        expect(inserted).toMatchObject({ affectedRows: 2 });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(await em.execute('select count(*) as n from item where id > ?', [0])).toEqual([{ n: 0 }]);
    expect(await em.execute('select ? as n', [5], 'get')).toEqual({ n: 5 });
  });
});
