import type { Configuration } from '@mikro-orm/core';
import { SqliteDriver } from '@mikro-orm/sqlite';

/**
 * SQLite driver that creates only the indices declared by the entities, as on PostgreSQL. MikroORM's driver adds an index
 * for every foreign key, even if the primary key or another index already starts with it.
 */
export class ExplicitIndexSqliteDriver extends SqliteDriver {
  constructor(config: Configuration) {
    super(config);
    this.platform.indexForeignKeys = () => false;
  }
}
