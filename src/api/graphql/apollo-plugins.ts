import { randomUUID } from 'node:crypto';
import type { ApolloServerOptions } from '@apollo/server';
import { Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import type { Context } from './context.js';
import { publicError } from './error-format.js';
import type { RequestFeature } from './request-hooks.js';

/** Maximum length of an operation name in the log, in characters; clients choose the name. */
const MAX_NAME = 100;

/** Maximum number of fields of an operation in the log. */
const MAX_FIELDS = 5;

/** Puts the name of the operation, its fields and the times of its phases into the log line of its request. */
export const operationNames: RequestFeature<Context> = () => ({
  didResolveOperation({ contextValue: { logged }, operation, operationName }) {
    logged.operation = (operationName ?? operation?.operation)?.slice(0, MAX_NAME);
    if (operation) logged.fields = fieldsOf(operation);
    logged.validatedAt = performance.now();
  },
  willSendResponse({ contextValue: { logged } }) {
    logged.resolvedAt = performance.now();
  },
});

/** The root fields. They have been validated, so each is a field of the schema. */
function fieldsOf({ selectionSet }: OperationDefinitionNode): string[] {
  const names = selectionSet.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []));
  return [...new Set(names)].slice(0, MAX_FIELDS);
}

/**
 * Forbids caches to store responses. Also disables compression for those to mutations, which may contain both tokens and
 * client input (BREACH).
 */
export const cacheControl: RequestFeature<Context> = () => ({
  willSendResponse({ operation, response: { http } }) {
    const query = operation?.operation === OperationTypeNode.QUERY;
    http.headers.set('cache-control', query ? 'no-store' : 'no-store, no-transform');
  },
});

/** Masks errors under the request id, which is unknown to Apollo's `formatError`. */
export function maskedErrors(
  logger: Logger,
): Required<Pick<ApolloServerOptions<Context>, 'formatError'>> & { feature: RequestFeature<Context> } {
  const requestIds = new WeakMap<object, string>();
  return {
    feature: () => ({
      didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) requestIds.set(error, contextValue.requestId);
      },
    }),
    formatError: (_formatted, error) =>
      publicError(error, requestIds.get(error as object) ?? randomUUID(), logger),
  };
}
