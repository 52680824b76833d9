import { defineConfig, type EntityManager, type IDatabaseDriver, type Options } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import type { PoolConfig } from 'pg';
import { useDurableSqlite } from './src/database/sqlite-settings.js';
import { alwaysGivenBack, type DatabaseConnection } from './src/database/transaction-guard.js';
import { entities } from './src/entities/entities.js';
import { QueuedChunk } from './src/queue/queued-chunk.entity.js';

type OrmOptions = Partial<Options<IDatabaseDriver, EntityManager>>;

/** True for the addresses that mean a SQLite file. */
export const isSqlite = (databaseUrl: string): boolean => databaseUrl.startsWith('sqlite:');

/** The path of a SQLite database; undefined for one in memory, and for PostgreSQL. */
export const sqliteFile = (databaseUrl: string): string | undefined =>
  isSqlite(databaseUrl) && !databaseUrl.endsWith(':memory:')
    ? databaseUrl.slice('sqlite://'.length)
    : undefined;

/**
 * MikroORM's options for a database address: the driver, its migrations and its connection settings. Only the
 * driver that is asked for is loaded.
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
    const { SqliteDriver } = await import('@mikro-orm/sqlite');
    const { sqliteMigrations } = await import('./src/migrations/sqlite/migrations.js');
    return defineConfig({
      ...shared,
      driver: SqliteDriver,
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
    // Not of the entities: sign-in attempts, which rate-limiter-flexible counts there.
    schemaGenerator: { skipTables: ['attempt_count'] },
    driverOptions: patientPostgreSql(databaseUrl),
    onCreateConnection: async (connection) => alwaysGivenBack(connection as DatabaseConnection),
  });
}

/**
 * Settings of a connection to PostgreSQL. MikroORM reads no more than user, host and name from the address; `pg` reads
 * the rest too, such as `sslmode`. A process that was stopped in a transaction loses its locks after a while.
 */
function patientPostgreSql(connectionString: string): PoolConfig {
  return {
    connectionString,
    application_name: 'nogil-bench',
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
  };
}
