import { z } from 'zod';

const SQLITE = /^sqlite:\/\/(\/|\.\.?\/|:memory:$)/;
const POSTGRESQL = /^postgres(?:ql)?:\/\//;
/** RFC 3986: reserved characters in user and password are percent-encoded. */
const WELL_FORMED =
  /^[a-z]+:\/\/(?:[^@/?#[\]]*@)?(?:\[[\da-f:.]+\]|[^@/?#:[\]]*)(?::\d*)?(?:\/[^@?#]*)?(?:\?(?:[\w.]+=[^&#]*(?:&|$))*)?$/i;

/** Address of a database. Messages never quote it, because it contains a password. */
export const databaseAddress = z.string().check(({ value, issues }) => {
  const message = problemWith(value);
  if (message !== undefined) issues.push({ code: 'custom', input: undefined, message });
});

/** The address of a PostgreSQL database. */
export const postgresqlAddress = databaseAddress.refine((value) => POSTGRESQL.test(value), {
  error: 'must be postgresql://user:password@host:port/database',
});

function problemWith(value: string): string | undefined {
  if (SQLITE.test(value)) return undefined;
  if (!POSTGRESQL.test(value))
    return 'must be sqlite:///absolute/path.db, sqlite://./relative.db or postgresql://user:password@host:port/database';
  if (/%(?![\da-f]{2})/i.test(value))
    return 'has a % without two hexadecimal digits: write %25 for a % in the password';
  if (WELL_FORMED.test(value)) {
    // What is left for the parser of addresses to refuse.
    return URL.canParse(value) ? undefined : 'has no valid port: it must be 1 to 65535';
  }
  return value.includes('@')
    ? 'has a reserved character in user or password: write %40 for @, %2F for /, %3A for :, %23 for #, %3F for ?'
    : 'must be postgresql://user:password@host:port/database';
}
