import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, describe } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { openDatabase } from '../../../src/database/open-database.js';
import { administer, createDatabase } from './postgres-databases.js';

export type DatabaseKind = 'SQLITE' | 'POSTGRESQL';

/** A migrated database of one test. */
export interface TestDatabase {
  orm: MikroORM;
  url: string;
  /** A unit of work. */
  fork(): SqlEntityManager;
  close(): Promise<void>;
}

export async function openTestDatabase(url = 'sqlite://:memory:', upTo?: string): Promise<TestDatabase> {
  const orm = await openDatabase(url, upTo);
  return { orm, url, fork: () => orm.em.fork() as SqlEntityManager, close: () => orm.close() };
}

/** New databases of one kind, as many as a suite asks for; they are dropped when it has ended. */
export interface Databases {
  kind: DatabaseKind;
  /** Creates a database without rows; returns its address. On SQLite it is in memory: each connection has its own. */
  create(): Promise<string>;
  /** Creates a database without tables; returns its address. */
  createEmpty(): Promise<string>;
  open(): Promise<TestDatabase>;
}

/** Runs a suite on every kind of database: `eachDatabase('jobs', (databases) => { … })`. */
export function eachDatabase(name: string, suite: (databases: Databases) => void): void {
  describe('SQLITE', () => {
    const databases: Databases = {
      kind: 'SQLITE',
      create: async () => 'sqlite://:memory:',
      createEmpty: async () => 'sqlite://:memory:',
      open: () => openTestDatabase(),
    };
    describe(name, () => suite(databases));
  });
  onPostgresql(name, suite);
}

/** Runs a suite on PostgreSQL only. */
export function onPostgresql(name: string, suite: (databases: Databases) => void): void {
  describe('POSTGRESQL', () => {
    const names: string[] = [];
    const createEmpty = (template = 'template1') => {
      const name = `test_${randomUUID()}`;
      names.push(name);
      return createDatabase(name, template);
    };
    // A copy of the migrated one is made in a third of the time that the migrations take.
    const create = () => createEmpty(process.env.TEST_DATABASE_TEMPLATE);
    // In this outer suite, so that it runs after the suite's own `afterAll`.
    afterAll(() => administer(names.map((name) => `drop database "${name}" with (force)`)));
    describe(name, () =>
      suite({ kind: 'POSTGRESQL', create, createEmpty, open: async () => openTestDatabase(await create()) }),
    );
  });
}
