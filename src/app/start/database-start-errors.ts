import { statSync } from 'node:fs';
import { isSqlite, sqliteFile } from '../../../mikro-orm.config.js';
import { explainFolder } from './file-start-errors.js';
import { causesOf, codeAmong, type Explain, type Explanation, innermostMessage } from './start-error.js';

/** PostgreSQL's codes (its manual, appendix A) and those of system calls, for errors that may pass by themselves. */
const AWAY = {
  ECONNREFUSED: 'refuses connections',
  ECONNRESET: 'closes connections',
  EPIPE: 'closes connections',
  ETIMEDOUT: 'does not answer',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ENOTFOUND: 'has a host name that cannot be resolved',
  EAI_AGAIN: 'has a host name that cannot be resolved now',
  ENOENT: 'has no socket at this path',
  '57P01': 'is shutting down',
  '57P02': 'has crashed and is restarting',
  '57P03': 'is starting',
  '53300': 'has no free connection',
} as const;

/** The server refuses the connection: waiting does not help. */
const REFUSED: Readonly<Record<string, (where: string) => Explanation>> = {
  '28P01': (where) => ({
    cause: `${where} refuses user or password (28P01)`,
    remedy: 'Correct both in DATABASE_URL; write reserved characters of the password percent-encoded.',
  }),
  '28000': (where) => ({
    cause: `${where} does not let this user in (28000)`,
    remedy: 'Create the role, allow it in pg_hba.conf, or add ?sslmode=require where the server wants TLS.',
  }),
  '3D000': (where) => ({
    cause: `${where} does not exist (3D000)`,
    remedy: 'Create the database (createdb), or correct its name.',
  }),
  '25006': (where) => ({
    cause: `${where} is read-only (25006)`,
    remedy: 'Name the primary server, not a replica.',
  }),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
  CERT_HAS_EXPIRED: untrusted,
};

function untrusted(where: string): Explanation {
  return {
    cause: `the certificate of ${where} is not trusted`,
    remedy: 'Set NODE_EXTRA_CA_CERTS to the file of its certification authority.',
  };
}

const SQLITE_ERRORS: Readonly<Record<string, string>> = {
  SQLITE_CANTOPEN: 'it cannot be opened or created',
  SQLITE_NOTADB: 'it is not a SQLite database',
  SQLITE_CORRUPT: 'it is damaged',
  SQLITE_READONLY: 'it, or its folder, is read-only',
  SQLITE_FULL: 'the disk is full',
  SQLITE_BUSY: 'another program keeps it locked',
  SQLITE_IOERR: 'the disk reports an input/output error',
};

/** Whether the server cannot be reached now: waiting may help. */
export function isAway(error: unknown): boolean {
  return codeAmong(error, AWAY) !== undefined || [...causesOf(error)].some(isInterrupted);
}

/** `pg` has no code for a timeout, and for a connection that ends while it is opened. */
function isInterrupted({ message, code }: Error & { code?: unknown }): boolean {
  return /timeout|connection terminated/i.test(message) || /^08/.test(String(code));
}

/** Address of a PostgreSQL database without user and password: `host:port/database`. */
export function whereIs(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${hostname || 'localhost'}:${port || 5432}${pathname}`;
}

/** Explains why a database cannot be opened. */
export function explainDatabase(databaseUrl: string, setting: string): Explain {
  return isSqlite(databaseUrl) ? explainSqlite(databaseUrl, setting) : explainPostgresql(databaseUrl);
}

function explainPostgresql(databaseUrl: string): Explain {
  const where = whereIs(databaseUrl);
  return (error) => {
    const message = innermostMessage(error);
    const [, parameter] = /unsupported startup parameter(?: in options)?: (\S+)/.exec(message) ?? [];
    if (parameter) {
      return {
        cause: `the pooler at ${where} refuses the start parameter ${parameter}`,
        remedy: `Remove ${parameter} from the address, or add it to ignore_startup_parameters of PgBouncer.`,
      };
    }
    const denied = explainDenied(error, databaseUrl, where);
    if (denied) return denied;
    const refused = codeAmong(error, REFUSED);
    if (refused !== undefined) return REFUSED[refused]?.(where);
    const away = codeAmong(error, AWAY);
    if (!away && !isAway(error) && ![...causesOf(error)].some(isOfServer)) return undefined;
    const why = away ? `${AWAY[away]} (${away})` : isAway(error) ? 'does not answer' : `reports: ${message}`;
    return {
      cause: `${where} ${why}`,
      remedy: 'Start the server, or correct host, port and database in the address.',
    };
  };
}

/** Whether the server or the driver reported the error; any other error is a bug, not a wrong address. */
function isOfServer({ message, code }: Error & { code?: unknown }): boolean {
  return /^[\dA-Z]{5}$/.test(String(code)) || /SSL|SASL|password|connection/i.test(message);
}

/** Names the missing grant by the object that PostgreSQL names. */
function explainDenied(error: unknown, databaseUrl: string, where: string): Explanation | undefined {
  const { username, pathname } = new URL(databaseUrl);
  const user = decodeURIComponent(username) || 'the user';
  for (const { message } of causesOf(error)) {
    const [denied, kind] = /(?:permission denied for|must be owner of) (\w+)[^\n]*/.exec(message) ?? [];
    if (denied === undefined) continue;
    const grants: Readonly<Record<string, string>> = {
      schema: `GRANT USAGE, CREATE ON SCHEMA public TO ${user}`,
      database: `GRANT CREATE ON DATABASE ${decodeURIComponent(pathname.slice(1))} TO ${user}`,
    };
    const remedy = grants[kind ?? ''] ?? 'run the migrations as the owner of the tables, or grant them';
    return { cause: `${user} lacks rights in ${where}: ${denied}`, remedy: `${remedy}.` };
  }
  return undefined;
}

function explainSqlite(databaseUrl: string, setting: string): Explain {
  const path = sqliteFile(databaseUrl) ?? ':memory:';
  const files = explainFolder(path, setting);
  return (error) => {
    const codes = [...causesOf(error)].map(({ code }) => String(code));
    const code = Object.keys(SQLITE_ERRORS).find((known) => codes.some((one) => one.startsWith(known)));
    if (code === undefined) return files(error);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    return {
      cause: `${path} cannot be used: ${isFolder ? 'it is a folder' : SQLITE_ERRORS[code]} (${code})`,
      remedy: `Set DATABASE_URL to another file (sqlite:///absolute/path.db), or give this user access to it.`,
    };
  };
}
