/** A prepared statement of better-sqlite3. */
interface Statement {
  /** Whether rows of it are still being read. */
  readonly busy: boolean;
}

interface Database {
  prepare(sql: string): Statement;
}

const MAX_STATEMENTS = 200;
/** After a change of the schema, statements are prepared anew. */
const CHANGES_SCHEMA = /^\s*(?:create|alter|drop)\b/i;

/**
 * Caches the prepared statements of a SQLite connection by their text, up to {@link MAX_STATEMENTS}. The query
 * builder prepares a statement for each query, which takes many times as long as a look-up by primary key.
 */
export function cacheStatements(database: Database): void {
  const prepare = database.prepare.bind(database);
  const statements = new Map<string, Statement>();

  database.prepare = (sql) => {
    if (CHANGES_SCHEMA.test(sql)) {
      statements.clear();
      return prepare(sql);
    }
    const known = statements.get(sql);
    if (known?.busy) return prepare(sql);
    const statement = known ?? prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    const [oldest] = statements.keys();
    if (statements.size > MAX_STATEMENTS && oldest !== undefined) statements.delete(oldest);
    return statement;
  };
}
