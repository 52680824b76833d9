import { SqliteConnection } from '@mikro-orm/sqlite';
import { CompiledQuery } from 'kysely';

/** SQLite's limit on the parameters of one statement (SQLITE_MAX_VARIABLE_NUMBER). */
const MAX_PARAMETERS = 32_766;

type Statement = Parameters<SqliteConnection['execute']>;

/**
 * Connection that binds the parameters of statements. MikroORM's own writes them into the text, so that each id makes
 * another statement to prepare; bound, one prepared statement (`statement-cache.ts`) serves all ids.
 */
export class BindingSqliteConnection extends SqliteConnection {
  override async execute(...statement: Statement): Promise<never> {
    const [query, , method = 'all', transaction] = statement;
    const values = valuesOf(statement);
    if (values === undefined) return super.execute(...statement);
    await this.ensureConnection();
    const result = await (transaction ?? this.getClient()).executeQuery(
      CompiledQuery.raw(String(query), values),
    );
    return this.transformRawResult(result, method);
  }
}

/**
 * Returns the values to bind; undefined for a statement that MikroORM has to write out or to cancel: with names or SQL
 * as parameters, with too many of them, or with a signal.
 */
function valuesOf([query, params = [], , , options]: Statement): unknown[] | undefined {
  if (typeof query !== 'string' || /\?\?|\\\?/.test(query)) return undefined;
  if (!Array.isArray(params) || params.length > MAX_PARAMETERS) return undefined;
  if (options !== undefined && 'signal' in options && options.signal !== undefined) return undefined;
  const values = params.map(bindable);
  return values.includes(undefined) ? undefined : values;
}

/** Returns a value for better-sqlite3, stored and compared as MikroORM's literal; undefined for one that it cannot bind. */
function bindable(param: unknown): unknown {
  switch (typeof param) {
    case 'string':
    case 'bigint':
      return param;
    case 'number':
      // better-sqlite3 binds a number as REAL.
      return Number.isSafeInteger(param) ? BigInt(param) : param;
    case 'boolean':
      return param ? 1n : 0n;
    case 'undefined':
      return null;
    default:
      if (param === null || Buffer.isBuffer(param)) return param;
      return param instanceof Date ? BigInt(param.getTime()) : undefined;
  }
}
