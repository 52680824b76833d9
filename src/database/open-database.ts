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

/** Key of the advisory lock; unique in the database. */
const MIGRATION_LOCK = 1_637_240_817;

/**
 * Opens the database of an address and migrates it to the newest schema, or to the migration `upTo`. On PostgreSQL,
 * concurrent processes take turns by a lock that ends with the transaction of the migration. BAD_USER_INPUT if a
 * newer release has migrated it.
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
  const newest = newestUnknown(orm, await orm.migrator.getExecuted());
  if (newest === undefined) return;
  throw new AppError(
    'BAD_USER_INPUT',
    `DATABASE_URL: ${newerRelease(newest)}\nStart that release, or restore the backup from before the upgrade.`,
    { field: 'DATABASE_URL' },
  );
}

/** Describes a migration by a newer release since this process opened the database; undefined without one. */
export async function migratedByNewer(orm: MikroORM): Promise<string | undefined> {
  const connection = orm.em.getConnection() as AbstractSqlConnection;
  const executed = await connection.execute<{ name: string }[]>(
    'select name from mikro_orm_migrations order by id',
  );
  const newest = newestUnknown(orm, executed);
  return newest && newerRelease(newest);
}

const newerRelease = (migration: string): string =>
  `a newer release has migrated this database (${migration} is unknown here)`;

function newestUnknown(orm: MikroORM, executed: readonly { name: string }[]): string | undefined {
  const known = new Set((orm.config.get('migrations').migrationsList ?? []).map(({ name }) => name));
  return executed.findLast(({ name }) => !known.has(name))?.name;
}

/** The connection pool of PostgreSQL, for libraries that use it directly. */
export async function postgresqlPool(orm: MikroORM): Promise<Pool> {
  return (orm.em.getConnection() as PostgreSqlConnection).getNativeClient();
}
