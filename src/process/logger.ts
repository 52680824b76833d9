import { type DestinationStream, type Level, type Logger, pino } from 'pino';

/**
 * What never stands in a log, whoever writes it there: password hashes, tokens, signatures of links, and the rows
 * that PostgreSQL shows in the details of its errors. Over JSON, so the end of a text is a quote or an escape.
 */
const SECRETS = new RegExp(
  [
    /\$2[aby]\$\d\d\$[./\w]{53}/,
    /\beyJ[\w-]+\.[\w-]+\.[\w-]*/,
    /(?<=\bBearer )[^"\\\s]+/,
    /(?<=\bsignature=)[\w-]+/,
    /(?<=\bdetail(?:: |":"))(?:[^"\\]|\\[^n])*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** JSON, a line an event, to standard output unless a test says otherwise. */
export function createLogger(level: Level | 'silent', stream?: DestinationStream): Logger {
  const hooks = { streamWrite: (line: string) => line.replace(SECRETS, '[redacted]') };
  return stream ? pino({ level, hooks }, stream) : pino({ level, hooks });
}
