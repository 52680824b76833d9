import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { expectedError, httpStatus, publicError } from '../graphql/error-format.js';
import { HttpRefusal } from './http-refusal.js';

/** Headers of the intended response that are removed from an error response, such as those for caching. */
const CONTENT_HEADERS = [
  ...['Content-Type', 'Content-Length', 'Content-Range', 'Content-Disposition'],
  ...['ETag', 'Accept-Ranges'],
];

/** Sends an error on a plain HTTP route: its HTTP status, and a body in the format of GraphQL errors. */
export function sendError(response: Response, error: unknown, requestId: string, logger: Logger): void {
  const shown = publicError(error, requestId, logger);
  for (const name of CONTENT_HEADERS) response.removeHeader(name);
  response.set('Cache-Control', 'no-store');
  const { retryAfterMs } = shown.extensions ?? {};
  if (typeof retryAfterMs === 'number') response.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)));
  if (error instanceof HttpRefusal) response.set(error.headers);
  response.status(statusOf(error)).json({ errors: [shown] });
}

function statusOf(error: unknown): number {
  if (error instanceof HttpRefusal) return error.status;
  return httpStatus(expectedError(error)?.code ?? 'INTERNAL_SERVER_ERROR');
}

/** Last route: answers NOT_FOUND. */
export function notFound(): RequestHandler {
  return () => {
    throw new AppError('NOT_FOUND', 'Nothing is served at this address');
  };
}

/** Express's error handler: refusals of body parsers and routes, and bugs. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: ParserError, request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = !(error instanceof HttpRefusal) && error.status !== undefined && error.status < 500;
    sendError(response, refused ? fromParserError(error) : error, request.id, logger);
  };
}

/** What Express and its body parsers throw. */
interface ParserError {
  status?: number;
  type?: string;
}

/** Our message for each `type` of body-parser's errors. */
const PARSER_MESSAGES: Readonly<Record<string, string>> = {
  'charset.unsupported': 'Content-Type: the character set must be utf-8',
  'encoding.unsupported': 'Content-Encoding: must be gzip, deflate or br, or absent',
  'entity.parse.failed': 'The request body must be valid JSON',
  'entity.too.large': 'The request body is larger than 100 kB',
  'request.aborted': 'The client disconnected before the request body was complete',
  'request.size.invalid': 'Content-Length does not match the length of the request body',
};

function fromParserError({ status, type = '' }: ParserError): AppError {
  const code = status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT';
  return new AppError(
    code,
    PARSER_MESSAGES[type] ?? 'The address or the headers of the request are malformed',
  );
}
