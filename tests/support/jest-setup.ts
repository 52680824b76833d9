import { PostgresServer } from './servers/postgres-server.js';

/**
 * One PostgreSQL for the whole run, unless TEST_DATABASE_URL names another (also that of a run before, in watch mode).
 * It goes when the process of the run exits, however the tests end.
 */
export default async function setup(): Promise<void> {
  process.env.TEST_DATABASE_URL ??= (await PostgresServer.start()).url;
}
