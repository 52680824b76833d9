import 'reflect-metadata';
import { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ormOptions } from '../../mikro-orm.config.js';

/** A migrated database of a test's own. */
export interface TestDatabase {
  orm: MikroORM;
  /** A unit of work. */
  fork(): SqlEntityManager;
  close(): Promise<void>;
}

export async function openTestDatabase(url = 'sqlite://:memory:'): Promise<TestDatabase> {
  const orm = await MikroORM.init(await ormOptions(url));
  await orm.migrator.up();
  return { orm, fork: () => orm.em.fork() as SqlEntityManager, close: () => orm.close() };
}
