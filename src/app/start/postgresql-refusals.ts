import { causesOf, codeAmong, type Explanation, innermostMessage } from './start-error.js';

/** What was tried. */
interface Attempt {
  /** Address without user and password. */
  where: string;
  setting: string;
  databaseUrl: string;
}

/** The server refuses the connection: waiting does not help. By PostgreSQL's codes and those of TLS. */
const BY_CODE: Readonly<Record<string, (attempt: Attempt) => Explanation>> = {
  '28P01': ({ where, setting }) => ({
    cause: `${where} refuses user or password (28P01)`,
    remedy: `Correct both in ${setting}; write reserved characters of the password percent-encoded.`,
  }),
  '28000': ({ where }) => ({
    cause: `${where} does not let this user in (28000)`,
    remedy: 'Create the role, allow it in pg_hba.conf, or add ?sslmode=require where the server wants TLS.',
  }),
  '3D000': ({ where }) => ({
    cause: `${where} does not exist (3D000)`,
    remedy: 'Create the database (createdb), or correct its name.',
  }),
  '25006': ({ where }) => ({
    cause: `${where} is read-only (25006)`,
    remedy: 'Name the primary server, not a replica.',
  }),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted,
  CERT_HAS_EXPIRED: untrusted,
};

function untrusted({ where }: Attempt): Explanation {
  return {
    cause: `the certificate of ${where} is not trusted`,
    remedy: 'Set NODE_EXTRA_CA_CERTS to the file of its certification authority.',
  };
}

/** What has no code of its own, by the message; the group is the parameter that it names. */
const BY_MESSAGE: readonly [RegExp, (attempt: Attempt, parameter: string) => Explanation][] = [
  [
    /unsupported startup parameter(?: in options)?: (\S+)/,
    ({ where }, parameter) => ({
      cause: `the pooler at ${where} refuses the start parameter ${parameter}`,
      remedy: `Remove ${parameter} from the address, or add it to ignore_startup_parameters of PgBouncer.`,
    }),
  ],
  [
    /(?:invalid value for|unrecognized configuration) parameter "([\w.]+)"/,
    ({ where, setting }, parameter) => ({
      cause: `${where} refuses the parameter ${parameter} of the address`,
      remedy: `Correct ${parameter} in ${setting}, or remove it.`,
    }),
  ],
  [
    /client password must be a(?: non-empty)? string|no password supplied/,
    ({ where, setting }) => ({
      cause: `${where} asks for a password, and the address has none`,
      remedy: `Write it into ${setting}: postgresql://user:password@host:port/database.`,
    }),
  ],
  [
    /does not support SSL/,
    ({ where }) => ({
      cause: `${where} does not support TLS`,
      remedy: 'Remove sslmode from the address, or turn on ssl in the server.',
    }),
  ],
  [
    /is not currently accepting connections/,
    ({ where }) => ({
      cause: `${where} accepts no connections`,
      remedy: 'ALTER DATABASE … ALLOW_CONNECTIONS true, or correct the name of the database.',
    }),
  ],
];

/** Explains what a server, or the address itself, refuses; undefined for any other error. */
export function explainRefusal(error: unknown, attempt: Attempt): Explanation | undefined {
  const message = innermostMessage(error);
  for (const [pattern, explain] of BY_MESSAGE) {
    const found = pattern.exec(message);
    if (found) return explain(attempt, found[1] ?? '');
  }
  const denied = explainDenied(error, attempt) ?? explainFile(error, attempt);
  if (denied) return denied;
  const code = codeAmong(error, BY_CODE);
  return code === undefined ? undefined : BY_CODE[code]?.(attempt);
}

/** A file that the address names, such as `sslrootcert`. */
function explainFile(error: unknown, { setting }: Attempt): Explanation | undefined {
  for (const { syscall, path, code } of causesOf(error) as Iterable<NodeJS.ErrnoException>) {
    if (syscall !== 'open' || path === undefined) continue;
    return {
      cause: `the file ${path}, which the address names, cannot be read (${code})`,
      remedy: `Correct the path in ${setting}, or give the user of this process read access to it.`,
    };
  }
  return undefined;
}

/** Names the missing grant by the object that PostgreSQL names. */
function explainDenied(error: unknown, { where, databaseUrl }: Attempt): Explanation | undefined {
  const { username, pathname } = new URL(databaseUrl);
  const user = decodeURIComponent(username) || 'the user';
  for (const one of causesOf(error)) {
    const [denied, kind] = /(?:permission denied for|must be owner of) (\w+)[^\n]*/.exec(one.message) ?? [];
    if (denied === undefined) continue;
    const right = /CONNECT/.test(String((one as { detail?: unknown }).detail)) ? 'CONNECT' : 'CREATE';
    const grants: Readonly<Record<string, string>> = {
      schema: `GRANT USAGE, CREATE ON SCHEMA public TO ${user}`,
      database: `GRANT ${right} ON DATABASE ${decodeURIComponent(pathname.slice(1))} TO ${user}`,
    };
    const remedy = grants[kind ?? ''] ?? 'run the migrations as the owner of the tables, or grant them';
    return { cause: `${user} lacks rights in ${where}: ${denied}`, remedy: `${remedy}.` };
  }
  return undefined;
}
