import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';
import type { AppError } from '../../errors.js';

/** An expected error in the shape of `errors[]`: its details and code become the extensions. */
export function toGraphQLError(error: AppError, extensions?: GraphQLErrorExtensions): GraphQLError {
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { ...error.details, ...extensions, code: error.code },
  });
}
