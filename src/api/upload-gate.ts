import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors.js';
import type { Context } from './context.js';
import { sendError } from './http-errors.js';

const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * Stands before graphql-upload, which reads a body before anything is known of its sender: a multipart request is
 * refused unread when nobody is signed in, or without a header that makes browsers ask before they send (CSRF).
 */
export function uploadGate(
  contextOf: (request: Request) => Promise<Context>,
  logger: Logger,
): RequestHandler {
  return async (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    const { viewer, requestId } = await contextOf(request);
    const preflighted = PREFLIGHT_HEADERS.some((name) => request.get(name));
    const refusal = refusalOf(viewer, preflighted);
    if (refusal === undefined) return next();
    // Drained, or a client that writes all before it reads would never see the answer.
    request.resume();
    sendError(response, refusal, requestId, logger);
  };
}

function refusalOf(viewer: Context['viewer'], preflighted: boolean): AppError | undefined {
  if (viewer instanceof AppError) return viewer;
  if (viewer === null) return new AppError('UNAUTHENTICATED', 'Sign in before you upload');
  if (preflighted) return undefined;
  return AppError.badInput(
    'apollo-require-preflight',
    'multipart requests must send this header, with any value',
  );
}
