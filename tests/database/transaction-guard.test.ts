import { describe, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { CompiledQuery } from 'kysely';
import { alwaysGivenBack } from '../../src/database/transaction-guard.js';
import { onPostgresql } from '../support/servers/database.js';

describe('the transactions of a connection', () => {
  /** What is sent to a database that refuses some statements, and how each call ended. */
  async function sent(calls: readonly string[], refused: readonly string[] = []) {
    const statements: string[] = [];
    const connection = {
      executeQuery: async ({ sql }: CompiledQuery): Promise<unknown> => {
        statements.push(sql);
        if (refused.includes(sql)) throw new Error(`no ${sql}`);
        return { rows: [sql] };
      },
    };
    alwaysGivenBack(connection);
    const ends: unknown[] = [];
    for (const sql of calls) {
      await connection.executeQuery(CompiledQuery.raw(sql)).then(
        () => ends.push('OK'),
        (error) => ends.push(error.message),
      );
    }
    return { statements, ends };
  }

  it('begin with their first statement, and are none without', async () => {
    const calls = [
      'a',
      'begin',
      'commit',
      'begin',
      'rollback',
      'begin',
      'b',
      'c',
      'commit',
      'd',
      'begin',
      'e',
      'rollback',
    ];
    expect((await sent(calls)).statements).toEqual([
      'a',
      'begin',
      'b',
      'c',
      'commit',
      'd',
      'begin',
      'e',
      'rollback',
    ]);
  });

  it('begin in the requested mode', async () => {
    const begin = 'start transaction isolation level repeatable read';
    expect((await sent([begin, 'a', 'commit', 'b'])).statements).toEqual([begin, 'a', 'commit', 'b']);
    expect((await sent([begin, 'rollback', 'b'])).statements).toEqual(['b']);
  });

  it('fail with their first statement where they cannot begin, and end all the same', async () => {
    expect((await sent(['begin', 'a', 'rollback', 'b'], ['begin', 'rollback'])).ends).toEqual([
      'OK',
      'no begin',
      'OK',
      'OK',
    ]);
  });

  it('fail at the commit and still release the connection', async () => {
    const calls = ['begin', 'a', 'commit', 'rollback', 'b'];
    expect(await sent(calls, ['commit', 'rollback'])).toEqual({
      statements: ['begin', 'a', 'commit', 'rollback', 'b'],
      ends: ['OK', 'OK', 'no commit', 'OK', 'OK'],
    });
  });
});

onPostgresql('a pool', (databases) => {
  it('has no connection less for each that was lost in a transaction', async () => {
    const database = await databases.open();
    for (let lost = 0; lost < 15; lost++) {
      const suicide = database
        .fork()
        .transactional((em) =>
          (em as SqlEntityManager).execute('select pg_terminate_backend(pg_backend_pid())'),
        );
      await expect(suicide).rejects.toThrow(/terminat/);
    }
    const rows = await database.fork().getConnection().execute('select 1 as one');
    expect(rows).toEqual([{ one: 1 }]);
    await database.close();
  });
});
