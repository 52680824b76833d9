import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { AppError, type ErrorCode, isOperational } from '../../errors.js';
import { databaseUnavailable } from '../../services/shared/database-unavailable.js';

/** Codes of requests that are rejected before a resolver runs; their messages contain only facts of the request. */
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

/** HTTP status of a code, for routes other than GraphQL. */
export const httpStatus = (code: ErrorCode): number => HTTP_STATUS[code];

/** Returns the error that a client may see: an AppError, or SERVER_BUSY while the database is unavailable. */
export function expectedError(error: unknown): AppError | undefined {
  let cause = error;
  // Includes errors without a path: those that end a subscription or occur before any field.
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause instanceof AppError ? cause : databaseUnavailable(cause);
}

/**
 * Formats an error for clients: an expected one with its code and details; an unexpected one masked, with the request
 * id of the log entry.
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
  // graphql-js rejects some requests without a code and before a field has a path.
  if (error instanceof GraphQLError && !error.originalError && !error.path && !error.extensions.code) {
    return shape(error.message, { code: 'BAD_USER_INPUT' });
  }
  logger.error({ requestId, err: cause }, 'unexpected error');
  return shape(`Internal error; request ${requestId}`, { code: 'INTERNAL_SERVER_ERROR', requestId });
}
