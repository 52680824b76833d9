import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { explainPostgresql, isAway, whereIs } from './postgresql-start-errors.js';
import { step } from './start-error.js';

const RETRY_MS = 500;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Resolves when the database accepts connections and can be written to. Waits up to `waitMs` for a server that cannot be
 * reached, with one warning; a server that refuses, such as for a wrong password, fails at once.
 */
export function waitForPostgresql(
  databaseUrl: string,
  setting: string,
  waitMs: number,
  logger: Logger,
): Promise<void> {
  const warn = () => logger.warn(`waiting up to ${waitMs / 1_000} s for ${whereIs(databaseUrl)}`);
  return step(setting, explainPostgresql(databaseUrl, setting), () =>
    untilReached(() => connectOnce(databaseUrl), waitMs, warn),
  );
}

/**
 * Repeats work while PostgreSQL cannot be reached, for at most `waitMs` from the first failure on: a busy machine may take
 * longer to load the driver than this is to wait.
 *
 * @param onFirst called at the first failure
 */
export async function untilReached<Result>(
  work: () => Promise<Result>,
  waitMs: number,
  onFirst: () => void = () => undefined,
): Promise<Result> {
  let deadline: number | undefined;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const now = performance.now();
      if (!isAway(error) || now + RETRY_MS > (deadline ?? now + waitMs)) throw error;
      if (!deadline) onFirst();
      deadline ??= now + waitMs;
      await delay(RETRY_MS);
    }
  }
}

async function connectOnce(connectionString: string): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // Without a listener a connection that breaks would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ replica: boolean }>('select pg_is_in_recovery() as replica');
    // The code that a write would fail with.
    if (rows[0]?.replica) throw Object.assign(new Error('It is a replica'), { code: '25006' });
  } finally {
    await client.end().catch(() => undefined);
  }
}
