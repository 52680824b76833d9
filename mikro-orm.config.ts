import { defineConfig, type EntityManager, type IDatabaseDriver, type Options } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import type { PoolConfig } from 'pg';
import { preparePostgresqlConnection } from './src/database/postgresql-settings.js';
import { useDurableSqlite } from './src/database/sqlite-settings.js';
import type { DatabaseConnection } from './src/database/transaction-guard.js';
import { entities } from './src/entities/entities.js';
import { QueuedChunk } from './src/queue/queued-chunk.entity.js';

type OrmOptions = Partial<Options<IDatabaseDriver, EntityManager>>;

/** Whether an address is that of a SQLite database. */
export const isSqlite = (databaseUrl: string): boolean => databaseUrl.startsWith('sqlite:');

/** Path of a SQLite database; undefined for one in memory, and for PostgreSQL. */
export const sqliteFile = (databaseUrl: string): string | undefined =>
  isSqlite(databaseUrl) && !databaseUrl.endsWith(':memory:')
    ? databaseUrl.slice('sqlite://'.length)
    : undefined;

/**
 * Returns MikroORM's options for a database address: the driver, its migrations and its connection settings. Loads only
 * that driver.
 */
export async function ormOptions(databaseUrl: string): Promise<OrmOptions> {
  const shared = {
    entities: [...entities, QueuedChunk],
    metadataProvider: ReflectMetadataProvider,
    extensions: [Migrator],
    // Every unit of work forks its own EntityManager; using the global one is a bug and throws.
    allowGlobalContext: false,
  } satisfies OrmOptions;
  const migrations = { snapshot: false, disableForeignKeys: false, silent: true };

  if (isSqlite(databaseUrl)) {
    const { AppSqliteDriver } = await import('./src/database/sqlite-driver.js');
    const { sqliteMigrations } = await import('./src/migrations/sqlite/migrations.js');
    return defineConfig({
      ...shared,
      driver: AppSqliteDriver,
      dbName: databaseUrl.slice('sqlite://'.length),
      migrations: { ...migrations, migrationsList: sqliteMigrations },
      // Kysely's own, which MikroORM does not describe.
      onCreateConnection: (connection) => useDurableSqlite(connection as DatabaseConnection),
    });
  }

  const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
  const { postgresqlMigrations } = await import('./src/migrations/postgresql/migrations.js');
  return defineConfig({
    ...shared,
    driver: PostgreSqlDriver,
    clientUrl: databaseUrl,
    migrations: { ...migrations, migrationsList: postgresqlMigrations },
    // No entity: rate-limiter-flexible counts sign-in attempts in it.
    schemaGenerator: { skipTables: ['attempt_count'] },
    driverOptions: postgresqlPoolConfig(databaseUrl),
    onCreateConnection: (connection) => preparePostgresqlConnection(connection as DatabaseConnection),
  });
}

/**
 * Settings of the connections to PostgreSQL. MikroORM reads user, host and name from the address alone; `pg` reads the rest
 * too, such as `sslmode`.
 */
function postgresqlPoolConfig(connectionString: string): PoolConfig {
  return {
    connectionString,
    application_name: 'nogil-bench',
    // Also the longest wait for a connection that other requests use.
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
  };
}
