import type { TestDatabase } from './database.js';

const COLUMNS = {
  session: ['created_at', 'used_at', 'expires_at', 'revoked_at'],
  refresh_token: ['created_at', 'used_at'],
  api_token: ['created_at', 'last_used_at', 'expires_at'],
} as const;

/** Lets time pass for sessions and tokens: what the database stores of them moves into the past. */
export async function letPass(database: TestDatabase, ms: number): Promise<void> {
  const earlier = (column: string) =>
    database.url.startsWith('sqlite')
      ? `${column} = ${column} - ${ms}`
      : `${column} = ${column} - interval '${ms} milliseconds'`;
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const connection = database.fork().getConnection();
    await connection.execute(`update ${table} set ${columns.map(earlier).join(', ')}`, [], 'run');
  }
}
