import { explainRefusal } from './postgresql-refusals.js';
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

const REMEDY = 'Start the server, or correct host, port and database in the address.';
const NO_CONNECTION =
  'Raise max_connections, or the limit of this role or database (CONNECTION LIMIT), or end other programs.';

/** Whether the server cannot be reached now: waiting may help. */
export function isAway(error: unknown): boolean {
  if ([...causesOf(error)].some(isOfFile)) return false;
  return codeAmong(error, AWAY) !== undefined || [...causesOf(error)].some(isInterrupted);
}

/** `pg` has no code for a timeout, and for a connection that ends while it is opened. */
function isInterrupted({ message, code }: Error & { code?: unknown }): boolean {
  if (code !== undefined) return /^08/.test(String(code));
  return /timeout|connection terminated/i.test(message);
}

/** A certificate that the address names, not a socket. */
function isOfFile(error: Error & { syscall?: unknown }): boolean {
  return error.syscall === 'open';
}

/** Address of a PostgreSQL database without user and password: `host:port/database`. */
export function whereIs(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${hostname || 'localhost'}:${port || 5432}${pathname}`;
}

/** Explains why a PostgreSQL database cannot be used. */
export function explainPostgresql(databaseUrl: string, setting: string): Explain {
  const where = whereIs(databaseUrl);
  return (error) => {
    const known = explainRefusal(error, { where, setting, databaseUrl });
    if (known) return known;
    const away = isAway(error) ? codeAmong(error, AWAY) : undefined;
    if (away) return explainAway(where, away);
    if (isAway(error)) return { cause: `${where} does not answer`, remedy: REMEDY };
    if (![...causesOf(error)].some(isOfServer)) return undefined;
    return { cause: `${where} reports: ${innermostMessage(error)}`, remedy: REMEDY };
  };
}

function explainAway(where: string, code: keyof typeof AWAY): Explanation {
  const cause = `${where} ${AWAY[code]} (${code})`;
  return { cause, remedy: code === '53300' ? NO_CONNECTION : REMEDY };
}

/** Whether the server or the driver reported the error; any other error is a bug, not a wrong address. */
function isOfServer({ message, code }: Error & { code?: unknown }): boolean {
  return /^[\dA-Z]{5}$/.test(String(code)) || /SSL|SASL|password|connection/i.test(message);
}
