import { randomUUID } from 'node:crypto';
import type { ApolloServerOptions, ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';
import type { Context } from './context.js';
import { publicError } from './error-format.js';

/** A client may call its operation what it likes; the log keeps so many characters. */
const MAX_NAME = 100;

/** Puts the operation's name into the request's line of the log. */
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

/** Masks errors under the id of their request. Apollo formats errors without telling whose they are; this remembers. */
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
