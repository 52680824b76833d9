import { type DestinationStream, type Level, type Logger, pino } from 'pino';

/** `pretty` is human-readable, `json` machine-readable; `auto`: pretty on a terminal. */
export type LogFormat = 'auto' | 'pretty' | 'json';

/**
 * Secrets that must not appear in a log: password hashes, tokens, signatures of links, and the rows in the details of
 * PostgreSQL's errors. Matched in JSON, where a text ends with a quote or an escape. Each has a plain text that precedes
 * it or is part of it: most lines have none of these, and looking for them takes a sixth of the time.
 */
const SECRET_KINDS: readonly { mark: RegExp; secret: RegExp }[] = [
  { mark: /\$2/, secret: /\$2[aby]\$\d\d\$[./\w]{53}/ },
  { mark: /eyJ/, secret: /\beyJ[\w-]+\.[\w-]+\.[\w-]*/ },
  { mark: /nb_/, secret: /\bnb_[\w-]{20,}/ },
  { mark: /Bearer /, secret: /(?<=\bBearer )[^"\\\s]+/ },
  { mark: /signature=/, secret: /(?<=\bsignature=)[\w-]+/ },
  {
    mark: /:\/\//,
    secret: /(?<=\b(?:postgres(?:ql)?|https?):\/\/[^:@/\s"]*:)[^@\s"]+(?=@)/,
  },
  { mark: /detail/, secret: /(?<=\bdetail(?:: |":"))(?:[^"\\]|\\[^n])*/ },
];
const anyOf = (kind: 'mark' | 'secret', flags: string): RegExp =>
  new RegExp(SECRET_KINDS.map((each) => each[kind].source).join('|'), flags);
const MARKS = anyOf('mark', 'i');
const SECRETS = anyOf('secret', 'gi');

const withoutSecrets = (line: string): string =>
  MARKS.test(line) ? line.replace(SECRETS, '[redacted]') : line;

/** Makes a logger that writes lines without secrets. `format` may make them readable for people. */
export function createLogger(
  level: Level | 'silent',
  destination: DestinationStream,
  format = (line: string) => line,
): Logger {
  const streamWrite = (line: string) => format(withoutSecrets(line));
  return pino({ level, hooks: { streamWrite } }, destination);
}

/** Returns the formatter of the setting. */
export async function formatterOf(setting: LogFormat): Promise<((line: string) => string) | undefined> {
  const isTerminal = process.stdout.isTTY;
  if (setting === 'json' || (setting === 'auto' && !isTerminal)) return undefined;
  // Loaded only for pretty output.
  const { prettyFactory } = await import('pino-pretty');
  return prettyFactory({
    colorize: isTerminal,
    translateTime: 'SYS:HH:MM:ss',
    ignore: ['pid', 'hostname', ...REQUEST_FACTS].join(','),
    messageFormat: (line, messageKey) => prettyMessage(line, String(line[messageKey])),
    singleLine: true,
  });
}

/** Facts of a request's line, which its message has on a terminal; `requestId` and `userId` are on other lines too. */
const REQUEST_FACTS = [
  ...['requestId', 'userId', 'method', 'path', 'operation', 'fields', 'address', 'status', 'ms'],
  ...['receiveMs', 'resolveMs', 'prepareMs', 'sendMs'],
] as const;

/** `POST /graphql mutation createBatchJob 200 in 612 ms (resolve 540, receive 60, send 12)`, then user, address and id. */
function prettyMessage(line: Record<string, unknown>, message: string): string {
  const { method, path, operation, fields, address, status, ms, requestId, userId } = line;
  const request = requestId === undefined ? [] : [`request ${requestId}`];
  const user = userId === undefined ? [] : [`user ${userId}`];
  if (method === undefined) {
    const duration = ms === undefined ? [] : [`in ${ms} ms`];
    return [message, ...duration, ...user, ...request].join(' ');
  }
  const named =
    operation === undefined || operation === (fields as unknown[] | undefined)?.[0] ? [] : [operation];
  const what = [method, path, ...named, ...(Array.isArray(fields) ? [fields.join(' ')] : [])];
  return [...what, status, `in ${ms} ms${slowest(line)}`, ...user, address, ...request].join(' ');
}

/** The phases of a slow request, the longest first. */
function slowest(line: Record<string, unknown>): string {
  const phases = Object.entries(line)
    .filter(([name]) => /^(?:receive|resolve|prepare|send)Ms$/.test(name))
    .sort(([, a], [, b]) => Number(b) - Number(a))
    .map(([name, ms]) => `${name.slice(0, -2)} ${ms}`);
  return phases.length === 0 ? '' : ` (${phases.join(', ')})`;
}
