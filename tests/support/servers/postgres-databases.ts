import { Client } from 'pg';

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
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
