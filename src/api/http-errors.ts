import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors.js';
import { httpStatus, publicError } from './error-format.js';

/** Answers a plain HTTP route with an error: the status that fits, and the shape that GraphQL errors have. */
export function sendError(response: Response, error: unknown, requestId: string, logger: Logger): void {
  const shown = publicError(error, requestId, logger);
  const code = error instanceof AppError ? error.code : 'INTERNAL_SERVER_ERROR';
  const { retryAfterMs } = shown.extensions ?? {};
  if (typeof retryAfterMs === 'number') response.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)));
  response.status(httpStatus(code)).json({ errors: [shown] });
}

/** Express's last resort: what body parsers refuse, and bugs. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: { status?: number; expose?: boolean; message: string }, request, response, next) => {
    if (response.headersSent) return next(error);
    sendError(response, error.expose ? fromHttpError(error) : error, request.id, logger);
  };
}

function fromHttpError({ status, message }: { status?: number; message: string }): AppError {
  return new AppError(status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT', message);
}
