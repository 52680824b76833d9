import { createRequire } from 'node:module';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { cacheStatements } from '../../src/database/statement-cache.js';

/** MikroORM's driver of SQLite, which has no types of its own. */
const Database = createRequire(import.meta.url)('better-sqlite3');

describe('the cache of prepared statements', () => {
  let database: ReturnType<typeof Database>;
  beforeEach(() => {
    database = new Database(':memory:');
    database.exec('create table item (id integer); insert into item values (1), (2)');
    cacheStatements(database);
  });

  it('returns one statement for one text', () => {
    const sql = 'select id from item where id = ?';
    expect(database.prepare(sql)).toBe(database.prepare(sql));
    expect(database.prepare(sql).all(1)).toEqual([{ id: 1 }]);
    expect(database.prepare(sql).all(2)).toEqual([{ id: 2 }]);
  });

  it('returns another statement while rows of the first are read', () => {
    const sql = 'select id from item order by id';
    const rows: unknown[] = [];
    for (const row of database.prepare(sql).iterate()) rows.push([row, database.prepare(sql).all().length]);
    expect(rows).toEqual([
      [{ id: 1 }, 2],
      [{ id: 2 }, 2],
    ]);
  });

  it('prepares statements anew after a change of the schema', () => {
    const sql = 'select * from item where id = 1';
    expect(database.prepare(sql).all()).toEqual([{ id: 1 }]);
    database.prepare("alter table item add column name text default 'a'").run();
    expect(database.prepare(sql).all()).toEqual([{ id: 1, name: 'a' }]);
  });

  it('keeps the latest statements', () => {
    const first = database.prepare('select 0');
    for (let index = 1; index <= 200; index++) database.prepare(`select ${index}`);
    expect(database.prepare('select 0')).not.toBe(first);
    const latest = database.prepare('select 200');
    expect(database.prepare('select 200')).toBe(latest);
  });
});
