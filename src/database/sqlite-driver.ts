import type { Configuration } from '@mikro-orm/core';
import { SqliteDriver } from '@mikro-orm/sqlite';
import { BindingSqliteConnection } from './sqlite-connection.js';

/**
 * SQLite driver that creates only the indices declared by the entities, as on PostgreSQL: MikroORM's driver adds an index
 * for every foreign key, even if the primary key or another index already starts with it. It binds parameters
 * ({@link BindingSqliteConnection}).
 */
export class AppSqliteDriver extends SqliteDriver {
  constructor(config: Configuration) {
    super(config);
    this.platform.indexForeignKeys = () => false;
    Object.assign(this, { connection: new BindingSqliteConnection(config) });
  }
}
