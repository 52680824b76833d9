import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { AppError, type ErrorCode, isOperational } from '../../errors.js';
import { databaseUnavailable } from '../../services/shared/database-unavailable.js';

/** Codes of requests that never reached a resolver; their messages are about the request alone. */
const REQUEST_ERRORS = new Set<unknown>(
  Object.values(ApolloServerErrorCode).filter((code) => code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR),
);

const HTTP_STATUS: Record<ErrorCode, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  UNSUPPORTED_MEDIA: 415,
  PAYLOAD_TOO_LARGE: 413,
  LIMIT_EXCEEDED: 422,
  SERVER_BUSY: 503,
  RATE_LIMITED: 429,
  PROCESSING_FAILED: 422,
  CANCELLED: 409,
  INTERNAL_SERVER_ERROR: 500,
};

/** The HTTP status that fits a code, on the routes that are not GraphQL. */
export const httpStatus = (code: ErrorCode): number => HTTP_STATUS[code];

/** The error that a client may see: our own, or that the database cannot be used now. */
export function expectedError(error: unknown): AppError | undefined {
  let cause = error;
  // Also errors without a path: those that end a subscription, or come before any field.
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause instanceof AppError ? cause : databaseUnavailable(cause);
}

/**
 * Formats an error for clients: an expected one with its code and facts, an unexpected one masked, with the request id
 * under which the log has the rest.
 */
export function publicError(error: unknown, requestId: string, logger: Logger): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const path = error instanceof GraphQLError ? { path: error.path } : {};
  const locations = error instanceof GraphQLError ? { locations: error.locations } : {};
  const shape = (message: string, extensions: Record<string, unknown>) =>
    ({ message, ...locations, ...path, extensions }) as GraphQLFormattedError;

  const expected = expectedError(error);
  if (expected && expected.code !== 'INTERNAL_SERVER_ERROR') {
    if (isOperational(expected)) {
      const message = expected.code === 'SERVER_BUSY' ? 'server busy' : 'processing failed';
      logger.warn({ requestId, err: expected }, message);
    }
    return shape(expected.message, { code: expected.code, ...expected.details });
  }
  if (error instanceof GraphQLError && cause === error) {
    const { stacktrace: _, http: __, ...extensions } = error.extensions;
    if (REQUEST_ERRORS.has(extensions.code) || extensions.code === 'LIMIT_EXCEEDED') {
      return shape(error.message, extensions);
    }
  }
  // graphql-js refuses some requests without a code, and before there is a path to a field.
  if (error instanceof GraphQLError && !error.originalError && !error.path && !error.extensions.code) {
    return shape(error.message, { code: 'BAD_USER_INPUT' });
  }
  logger.error({ requestId, err: cause }, 'unexpected error');
  return shape(`Internal error; request ${requestId}`, { code: 'INTERNAL_SERVER_ERROR', requestId });
}
