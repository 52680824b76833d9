import { Client, DatabaseError } from 'pg';
import { eventually } from '../eventually.js';

/** `object_in_use` (PostgreSQL, Appendix A). */
const IN_USE = '55006';

/** The PostgreSQL of this run, by the address of a database that every server has. */
export function serverUrl(): URL {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('jest-setup.ts sets TEST_DATABASE_URL');
  return new URL(url);
}

/** Returns the address of the new database. */
export async function createDatabase(name: string, template = 'template1'): Promise<string> {
  await administer([`create database "${name}" template "${template}"`]);
  return Object.assign(serverUrl(), { pathname: name }).href;
}

export async function administer(statements: string[]): Promise<void> {
  const client = new Client(serverUrl().href);
  await client.connect();
  try {
    for (const statement of statements) await eventually(() => isDone(client, statement));
  } finally {
    await client.end();
  }
}

/**
 * Returns false where a database is still in use: before PostgreSQL copies or drops one, it waits 5 s until connections to
 * it have ended, which can take longer on a machine that stalls.
 */
async function isDone(client: Client, statement: string): Promise<boolean> {
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === IN_USE) return false;
    throw error;
  }
}
