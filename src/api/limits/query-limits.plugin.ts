import type { ApolloServerOptions, ApolloServerPlugin, BaseContext } from '@apollo/server';
import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql-error.js';
import { checkOperation, tokenLimitError } from './check-operation.js';
import type { QueryLimits } from './query-limits.js';

type LimitedOptions = Pick<
  ApolloServerOptions<BaseContext>,
  'introspection' | 'parseOptions' | 'allowBatchedHttpRequests' | 'persistedQueries'
> & { plugins: ApolloServerPlugin<BaseContext>[] };

/**
 * What an Apollo Server has to be built with so that the limits hold over HTTP. Without introspection, errors do not
 * suggest names of the schema either.
 */
export function limitedApollo(limits: QueryLimits, introspection: boolean): LimitedOptions {
  return {
    introspection,
    parseOptions: { maxTokens: limits.maxTokens },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    plugins: introspection ? [limitsPlugin(limits)] : [limitsPlugin(limits), noSuggestionsPlugin],
  };
}

function limitsPlugin(limits: QueryLimits): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      let tooLong: AppError | undefined;
      return {
        async parsingDidStart() {
          return async (error) => {
            tooLong = tokenLimitError(limits, error);
          };
        },
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation) return;
          try {
            refuseSubscription(operation);
            checkOperation(limits, schema, document, operation, request.variables);
          } catch (error) {
            // Apollo answers 500 to what is refused here, unless it is told otherwise.
            throw error instanceof AppError ? toGraphQLError(error, { http: { status: 400 } }) : error;
          }
        },
        async willSendResponse({ response }) {
          // Apollo tells all that the parser throws as GRAPHQL_PARSE_FAILED.
          if (!tooLong || response.body.kind !== 'single') return;
          response.body.singleResult.errors = [toGraphQLError(tooLong).toJSON()];
        },
      };
    },
  };
}

/** Run over HTTP it would be executed as if it were a query. */
function refuseSubscription({ operation }: OperationDefinitionNode): void {
  if (operation !== OperationTypeNode.SUBSCRIPTION) return;
  throw AppError.badInput('query', 'must be a query or a mutation; subscribe over WebSocket');
}

const noSuggestionsPlugin: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        if (body.kind !== 'single' || !body.singleResult.errors) return;
        body.singleResult.errors = body.singleResult.errors.map((error) => ({
          ...error,
          message: error.message.replace(/ ?Did you mean .*\?$/s, ''),
        }));
      },
    };
  },
};
