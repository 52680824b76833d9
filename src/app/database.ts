/** Opens the database of a process: waits for it, locks it if it is a file, migrates it. */
import 'reflect-metadata';
import type { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { isSqlite, sqliteFile } from '../../mikro-orm.config.js';
import type { Config } from '../config.js';
import { migratedByNewer, openDatabase, postgresqlPool } from '../database/open-database.js';
import { acquireSingleInstanceLock } from '../database/single-instance-lock.js';
import { explainDatabase } from './start/database-start-errors.js';
import { step } from './start/start-error.js';
import { untilReached, waitForPostgresql } from './start/wait-for-postgresql.js';

export interface AppDatabase {
  orm: MikroORM;
  /** An EntityManager of a new unit of work. */
  fork(): SqlEntityManager;
  /** Undefined on SQLite, where this process is alone. */
  pool: Pool | undefined;
  /** Describes a migration by a newer release since the database was opened; undefined without one. */
  newerRelease(): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Opens and migrates the database of the settings. BAD_USER_INPUT, with cause and remedy, if it cannot be used.
 *
 * @param alone whether to lock the SQLite file against other server processes
 */
export async function openAppDatabase(config: Config, logger: Logger, alone = true): Promise<AppDatabase> {
  const { databaseUrl, databaseSetting, databaseListenUrl = databaseUrl, databaseWaitMs } = config;
  const shared = !isSqlite(databaseUrl);
  if (shared) {
    await waitForPostgresql(databaseUrl, databaseSetting, databaseWaitMs, logger);
    if (databaseListenUrl !== databaseUrl)
      await waitForPostgresql(databaseListenUrl, 'DATABASE_LISTEN_URL', databaseWaitMs, logger);
  }
  return step(databaseSetting, explainDatabase(databaseUrl, databaseSetting), async () => {
    const unlock = alone ? await lockFile(databaseUrl) : async () => undefined;
    try {
      const orm = await untilReached(() => openDatabase(databaseUrl), shared ? databaseWaitMs : 0);
      const close = async () => {
        await orm.close();
        await unlock();
      };
      const pool = shared ? await postgresqlPool(orm) : undefined;
      const fork = () => orm.em.fork() as SqlEntityManager;
      return { orm, fork, pool, newerRelease: () => migratedByNewer(orm), close };
    } catch (error) {
      await unlock();
      throw error;
    }
  });
}

/** A database in memory has no second process; PostgreSQL is shared. */
async function lockFile(databaseUrl: string): Promise<() => Promise<void>> {
  const path = sqliteFile(databaseUrl);
  return path === undefined ? async () => undefined : acquireSingleInstanceLock(path);
}
