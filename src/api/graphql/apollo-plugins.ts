import { randomUUID } from 'node:crypto';
import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import type { Context } from './context.js';
import { publicError } from './error-format.js';

/** Characters of an operation's name that the log keeps: clients choose it. */
const MAX_NAME = 100;

/** Puts the name of the operation into the log line of its request. */
export function operationNames(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, operation, operationName }) {
          contextValue.logged.operation = (operationName ?? operation?.operation)?.slice(0, MAX_NAME);
        },
      };
    },
  };
}

/** Marks responses to mutations, which may hold tokens beside what the client sent, as not to be compressed (BREACH). */
export function untransformedMutations(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, response: { http } }) {
          if (operation?.operation !== OperationTypeNode.QUERY)
            http.headers.set('cache-control', 'no-store, no-transform');
        },
      };
    },
  };
}

/** Masks errors under the id of their request, which Apollo's own `formatError` does not know. */
export function maskedErrors(
  logger: Logger,
): Required<Pick<ApolloServerOptions<Context>, 'formatError'>> & { plugin: ApolloServerPlugin<Context> } {
  const requestIds = new WeakMap<object, string>();
  return {
    plugin: {
      async requestDidStart() {
        return {
          async didEncounterErrors({ errors, contextValue }) {
            for (const error of errors) requestIds.set(error, contextValue.requestId);
          },
        };
      },
    },
    formatError: (_formatted, error) =>
      publicError(error, requestIds.get(error as object) ?? randomUUID(), logger),
  };
}
