import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MikroORM } from '@mikro-orm/core';
import type { PostgreSqlConnection } from '@mikro-orm/postgresql';
import type { AbstractSqlConnection } from '@mikro-orm/sql';
import type { SqliteConnection } from '@mikro-orm/sqlite';
import type { Pool } from 'pg';
import { isSqlite, ormOptions, sqliteFile } from '../../mikro-orm.config.js';
import { AppError } from '../errors.js';
import { cacheStatements } from './statement-cache.js';

/** An advisory lock's number, which nothing else in the database uses. */
const MIGRATION_LOCK = 1_637_240_817;

/**
 * Opens the database of an address and brings it to the newest schema, or up to the migration `upTo`. Processes that do so at
 * the same time take turns on PostgreSQL, by a lock that ends with the transaction in which they migrate. BAD_USER_INPUT
 * where a newer release has migrated it.
 */
export async function openDatabase(databaseUrl: string, upTo?: string): Promise<MikroORM> {
  const file = sqliteFile(databaseUrl);
  if (file !== undefined) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const orm = await MikroORM.init(await ormOptions(databaseUrl));
  const target = upTo === undefined ? {} : { to: upTo };
  try {
    if (isSqlite(databaseUrl)) {
      await refuseNewer(orm);
      await orm.migrator.up(target);
      cacheStatements(await (orm.em.getConnection() as SqliteConnection).getNativeClient());
    } else {
      const connection = orm.em.getConnection() as AbstractSqlConnection;
      await connection.transactional(async (transaction) => {
        await connection.execute('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK], 'run', transaction);
        await refuseNewer(orm);
        await orm.migrator.up({ ...target, transaction });
      });
    }
    return orm;
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}

/** An older process does not know what newer rows mean: it must not run their jobs. */
async function refuseNewer(orm: MikroORM): Promise<void> {
  const known = new Set((orm.config.get('migrations').migrationsList ?? []).map(({ name }) => name));
  const [newest] = (await orm.migrator.getExecuted()).filter(({ name }) => !known.has(name)).reverse();
  if (newest === undefined) return;
  throw new AppError(
    'BAD_USER_INPUT',
    `DATABASE_URL: a newer release has migrated this database (${newest.name} is unknown here)\n` +
      'Start that release, or restore the backup from before the upgrade.',
    { field: 'DATABASE_URL' },
  );
}

/** The connections to PostgreSQL, for libraries that speak to it themselves. */
export async function postgresqlPool(orm: MikroORM): Promise<Pool> {
  return (orm.em.getConnection() as PostgreSqlConnection).getNativeClient();
}
