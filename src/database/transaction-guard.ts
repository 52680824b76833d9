import { CompiledQuery } from 'kysely';

/** One of Kysely's connections, as `onCreateConnection` gets it. */
export interface DatabaseConnection {
  executeQuery(query: CompiledQuery, ...rest: unknown[]): Promise<unknown>;
}

const NOTHING = { rows: [] };

/**
 * Makes Kysely release a connection whatever happens to its transaction. Kysely does so only where BEGIN and ROLLBACK
 * succeed, and keeps the connection for ever where they fail: SQLite's only one, or one of PostgreSQL's pool. So BEGIN is sent
 * with the first statement, which fails in its place. Where ROLLBACK fails there is nothing to roll back: the connection was
 * lost, or SQLite has rolled back by itself on a full disk.
 */
export function alwaysGivenBack(connection: DatabaseConnection, begin = 'begin'): void {
  const execute = connection.executeQuery.bind(connection);
  let asked: CompiledQuery | undefined;
  let begun: Promise<unknown> | undefined;

  connection.executeQuery = async (query, ...rest) => {
    // The second is a transaction with an isolation level.
    if (query.sql === 'begin' || query.sql.startsWith('start transaction')) {
      asked = query.sql === 'begin' ? CompiledQuery.raw(begin) : query;
      return NOTHING;
    }
    switch (query.sql) {
      case 'commit':
        if (begun) await execute(query);
        break;
      case 'rollback':
        if (begun) await execute(query).catch(() => undefined);
        break;
      default:
        if (asked) begun ??= execute(asked);
        await begun;
        return execute(query, ...rest);
    }
    asked = undefined;
    begun = undefined;
    return NOTHING;
  };
}
