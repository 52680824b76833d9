import type {
  ApolloServerOptions,
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContextDidResolveOperation,
} from '@apollo/server';
import { GraphQLError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql/graphql-error.js';
import { admitOperation } from './admit-operation.js';
import { AdmittedDocuments } from './admitted-documents.js';
import { checkOperation, tokenLimitError } from './check-operation.js';
import type { QueryLimits } from './query-limits.js';

type LimitedOptions = Pick<
  ApolloServerOptions<BaseContext>,
  | 'introspection'
  | 'parseOptions'
  | 'documentStore'
  | 'dangerouslyDisableValidation'
  | 'allowBatchedHttpRequests'
  | 'persistedQueries'
> & { plugins: ApolloServerPlugin<BaseContext>[] };

/**
 * What an Apollo Server has to be built with so that the limits hold over HTTP. Without introspection, errors do not
 * suggest names of the schema either.
 */
export function limitedApollo(limits: QueryLimits, introspection: boolean): LimitedOptions {
  const admitted = new AdmittedDocuments();
  const plugin = admissionPlugin(limits, introspection, admitted);
  return {
    introspection,
    parseOptions: { maxTokens: limits.maxTokens },
    documentStore: admitted,
    // Apollo validates before it lets anybody measure; the plugin below validates, after it has measured.
    dangerouslyDisableValidation: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    plugins: introspection ? [plugin] : [plugin, noSuggestionsPlugin],
  };
}

function admissionPlugin(
  queryLimits: QueryLimits,
  introspection: boolean,
  admitted: AdmittedDocuments,
): ApolloServerPlugin<BaseContext> {
  function refusals(context: GraphQLRequestContextDidResolveOperation<BaseContext>): GraphQLError[] {
    const { schema, document, operation, request, queryHash } = context;
    // Apollo goes on to say so.
    if (!operation) return [];
    try {
      refuseSubscription(operation);
      if (admitted.has(document)) {
        // The same text with other variables may ask for more.
        checkOperation(queryLimits, schema, document, operation, request.variables);
        return [];
      }
      const rules = { schema, queryLimits, introspection };
      const errors = admitOperation(rules, document, operation, request.variables);
      if (errors.length === 0) admitted.add(queryHash, document);
      return errors;
    } catch (error) {
      if (error instanceof AppError) return [toGraphQLError(error)];
      throw error;
    }
  }

  return {
    async requestDidStart() {
      let refused: GraphQLError[] = [];
      return {
        async parsingDidStart() {
          return async (error) => {
            const tooLong = tokenLimitError(queryLimits, error);
            if (tooLong) refused = [toGraphQLError(tooLong)];
          };
        },
        async didResolveOperation(context) {
          refused = refusals(context);
          const [first] = refused;
          // Apollo answers 500 to what is refused here, unless it is told otherwise.
          if (first)
            throw new GraphQLError(first.message, {
              extensions: { ...first.extensions, http: { status: 400 } },
            });
        },
        async willSendResponse({ response: { body } }) {
          // Apollo tells all that the parser throws as GRAPHQL_PARSE_FAILED, and of several errors the first.
          if (refused.length === 0 || body.kind !== 'single') return;
          body.singleResult.errors = refused.map((error) => error.toJSON());
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
