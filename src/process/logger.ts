import { type DestinationStream, type Level, type Logger, pino } from 'pino';

/** `pretty` is human-readable, `json` machine-readable; `auto`: pretty on a terminal. */
export type LogFormat = 'auto' | 'pretty' | 'json';

/**
 * Secrets that must not appear in a log: password hashes, tokens, signatures of links, and the rows in the details of
 * PostgreSQL's errors. Matched in JSON, where a text ends with a quote or an escape.
 */
const SECRETS = new RegExp(
  [
    /\$2[aby]\$\d\d\$[./\w]{53}/,
    /\beyJ[\w-]+\.[\w-]+\.[\w-]*/,
    /\bnb_[\w-]{20,}/,
    /(?<=\bBearer )[^"\\\s]+/,
    /(?<=\bsignature=)[\w-]+/,
    /(?<=\b(?:postgres(?:ql)?|https?):\/\/[^:@/\s"]*:)[^@\s"]+(?=@)/,
    /(?<=\bdetail(?:: |":"))(?:[^"\\]|\\[^n])*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** Makes a logger that writes lines without secrets. `format` may make them readable for people. */
export function createLogger(
  level: Level | 'silent',
  destination: DestinationStream,
  format = (line: string) => line,
): Logger {
  const streamWrite = (line: string) => format(line.replace(SECRETS, '[redacted]'));
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
    ignore: 'pid,hostname',
    singleLine: true,
  });
}
