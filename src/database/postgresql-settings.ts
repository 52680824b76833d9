import { CompiledQuery } from 'kysely';
import { alwaysGivenBack, type DatabaseConnection } from './transaction-guard.js';

/**
 * Settings of each connection, by SET: a pooler such as PgBouncer refuses a connection that has them as start parameters.
 * A process that was stopped in a transaction loses its locks after 15 s.
 */
const SETTINGS = ["set idle_in_transaction_session_timeout = '15s'"];

/** Prepares a new connection to PostgreSQL. */
export async function preparePostgresqlConnection(connection: DatabaseConnection): Promise<void> {
  for (const statement of SETTINGS) await connection.executeQuery(CompiledQuery.raw(statement));
  alwaysGivenBack(connection);
}
