import { CompiledQuery } from 'kysely';

/** Connection of Kysely, as passed to `onCreateConnection`. */
export interface DatabaseConnection {
  executeQuery(query: CompiledQuery, ...rest: unknown[]): Promise<unknown>;
}

const NOTHING = { rows: [] };

/**
 * Makes Kysely release a connection even if BEGIN or ROLLBACK fails; otherwise Kysely would never return it (SQLite's
 * only connection, or one of PostgreSQL's pool). BEGIN is sent with the first statement, which then fails in its
 * place. A failed ROLLBACK is ignored: the connection was lost, or SQLite has already rolled back on a full disk.
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
