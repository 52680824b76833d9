import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MikroORM } from '@mikro-orm/core';
import type { PostgreSqlConnection } from '@mikro-orm/postgresql';
import type { AbstractSqlConnection } from '@mikro-orm/sql';
import type { SqliteConnection } from '@mikro-orm/sqlite';
import type { Pool } from 'pg';
import { isSqlite, ormOptions, sqliteFile } from '../../mikro-orm.config.js';
import { cacheStatements } from './statement-cache.js';

/** Any number will do that nothing else in the database locks. */
const MIGRATION_LOCK = 1_637_240_817;

/**
 * Opens the database of an address and brings it to the newest schema, or up to the migration `upTo`. Processes that
 * do so at the same time take turns on PostgreSQL, by a lock that ends with the transaction in which they migrate.
 */
export async function openDatabase(databaseUrl: string, upTo?: string): Promise<MikroORM> {
  const file = sqliteFile(databaseUrl);
  if (file !== undefined) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const orm = await MikroORM.init(await ormOptions(databaseUrl));
  const target = upTo === undefined ? {} : { to: upTo };
  try {
    if (isSqlite(databaseUrl)) {
      await orm.migrator.up(target);
      cacheStatements(await (orm.em.getConnection() as SqliteConnection).getNativeClient());
    } else {
      const connection = orm.em.getConnection() as AbstractSqlConnection;
      await connection.transactional(async (transaction) => {
        await connection.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK], 'run', transaction);
        await orm.migrator.up({ ...target, transaction });
      });
    }
    return orm;
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}

/** The connections to PostgreSQL, for libraries that speak to it themselves. */
export async function postgresqlPool(orm: MikroORM): Promise<Pool> {
  return (orm.em.getConnection() as PostgreSqlConnection).getNativeClient();
}
