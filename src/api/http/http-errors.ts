import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { expectedError, httpStatus, publicError } from '../graphql/error-format.js';

/** What was said of the answer that was meant; none of it fits an error, least of all for an hour in a cache. */
const OF_CONTENT = [
  ...['Content-Type', 'Content-Length', 'Content-Range', 'Content-Disposition'],
  ...['ETag', 'Accept-Ranges'],
];

/** Answers a plain HTTP route with an error: the status that fits, and the shape that GraphQL errors have. */
export function sendError(response: Response, error: unknown, requestId: string, logger: Logger): void {
  const shown = publicError(error, requestId, logger);
  const code = expectedError(error)?.code ?? 'INTERNAL_SERVER_ERROR';
  for (const name of OF_CONTENT) response.removeHeader(name);
  response.set('Cache-Control', 'no-store');
  const { retryAfterMs } = shown.extensions ?? {};
  if (typeof retryAfterMs === 'number') response.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)));
  response.status(httpStatus(code)).json({ errors: [shown] });
}

/** Express's last resort: what it and the body parsers refuse, and bugs. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: HttpError, request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = error.status !== undefined && error.status >= 400 && error.status < 500;
    sendError(response, refused ? fromHttpError(error) : error, request.id, logger);
  };
}

/** What Express throws, and http-errors makes. Without `expose` its message is about the program. */
interface HttpError {
  status?: number;
  expose?: boolean;
  message: string;
}

function fromHttpError({ status, expose, message }: HttpError): AppError {
  const code = status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT';
  return new AppError(code, expose ? message : 'The request is malformed');
}
