import { PostgresServer } from './servers/postgres-server.js';

/**
 * Starts one PostgreSQL for the whole run, unless TEST_DATABASE_URL names a server (in watch mode, the one of the run
 * before). It ends with the process of the run.
 */
export default async function setup(): Promise<void> {
  process.env.TEST_DATABASE_URL ??= (await PostgresServer.start()).url;
}
