import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterAll, describe } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Client } from 'pg';
import { openDatabase } from '../../../src/database/open-database.js';

export type DatabaseKind = 'SQLITE' | 'POSTGRESQL';

/** A migrated database of a test's own. */
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

/** New empty databases of one kind, as many as a suite asks for; they are dropped when it has ended. */
export interface Databases {
  kind: DatabaseKind;
  /** The address of a new one. On SQLite it lies in memory: a second connection finds another. */
  create(): Promise<string>;
  open(): Promise<TestDatabase>;
}

/** Runs a suite on every kind of database: `eachDatabase('jobs', (databases) => { … })`. */
export function eachDatabase(name: string, suite: (databases: Databases) => void): void {
  describe('SQLITE', () => {
    const databases: Databases = {
      kind: 'SQLITE',
      create: async () => 'sqlite://:memory:',
      open: () => openTestDatabase(),
    };
    describe(name, () => suite(databases));
  });
  onPostgresql(name, suite);
}

/** Runs a suite that is about PostgreSQL alone. */
export function onPostgresql(name: string, suite: (databases: Databases) => void): void {
  describe('POSTGRESQL', () => {
    const names: string[] = [];
    const create = async () => {
      const name = `test_${randomUUID()}`;
      names.push(name);
      await administer([`create database "${name}"`]);
      return Object.assign(serverUrl(), { pathname: name }).href;
    };
    // Of this outer suite, so that it comes after whatever the suite itself closes.
    afterAll(() => administer(names.map((name) => `drop database "${name}" with (force)`)));
    describe(name, () =>
      suite({ kind: 'POSTGRESQL', create, open: async () => openTestDatabase(await create()) }),
    );
  });
}

/** The PostgreSQL of this run, by the address of a database that every server has. */
export function serverUrl(): URL {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('jest-setup.ts sets TEST_DATABASE_URL');
  return new URL(url);
}

async function administer(statements: string[]): Promise<void> {
  const client = new Client(serverUrl().href);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
