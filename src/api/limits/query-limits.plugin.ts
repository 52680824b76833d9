import type {
  ApolloServerOptions,
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContextDidResolveOperation,
} from '@apollo/server';
import { GraphQLError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql/graphql-error.js';
import { pluginOf, type RequestFeature } from '../graphql/request-hooks.js';
import { admitOperation } from './admit-operation.js';
import { AdmittedDocuments } from './admitted-documents.js';
import { checkOperation, tokenLimitError } from './check-operation.js';
import { checkVariables } from './check-variables.js';
import type { QueryLimits } from './query-limits.js';

type LimitedOptions<Context extends BaseContext> = Pick<
  ApolloServerOptions<Context>,
  | 'introspection'
  | 'parseOptions'
  | 'documentStore'
  | 'dangerouslyDisableValidation'
  | 'allowBatchedHttpRequests'
  | 'persistedQueries'
> & { plugins: ApolloServerPlugin<Context>[] };

type ResolvedOperation = GraphQLRequestContextDidResolveOperation<BaseContext>;

/**
 * Options of an Apollo Server that enforce the limits. Without introspection, errors do not suggest names either.
 *
 * @param others features whose hooks run before those of the limits
 */
export function limitedApollo<Context extends BaseContext>(
  limits: QueryLimits,
  introspection: boolean,
  others: readonly RequestFeature<Context>[] = [],
): LimitedOptions<Context> {
  const admitted = new AdmittedDocuments();
  const admission = admissionOf(limits, introspection, admitted);
  return {
    introspection,
    parseOptions: { maxTokens: limits.maxTokens },
    documentStore: admitted,
    // Apollo validates before plugins can measure; the plugin validates after it has measured.
    dangerouslyDisableValidation: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    plugins: [pluginOf([...others, admission, ...(introspection ? [] : [withoutSuggestions])])],
  };
}

function admissionOf(
  queryLimits: QueryLimits,
  introspection: boolean,
  admitted: AdmittedDocuments,
): RequestFeature<BaseContext> {
  return () => {
    let refused: GraphQLError[] = [];
    return {
      didNotParse(error) {
        const tooLong = tokenLimitError(queryLimits, error);
        if (tooLong) refused = [toGraphQLError(tooLong)];
      },
      didResolveOperation(context) {
        const operation = requireOperation(context);
        refused = refusals(context, operation, { queryLimits, introspection }, admitted);
        const [first] = refused;
        // Apollo answers 500 to an error of a plugin without a status.
        if (first) throw withStatus400(first);
      },
      willSendResponse({ response: { body } }) {
        // Apollo replaces the code of parser errors by GRAPHQL_PARSE_FAILED and reports only one of several errors.
        if (refused.length === 0 || body.kind !== 'single') return;
        body.singleResult.errors = refused.map((error) => error.toJSON());
      },
    };
  };
}

function requireOperation({ operation }: ResolvedOperation): OperationDefinitionNode {
  if (operation) return operation;
  const message = 'operationName: must name one of the operations in the document';
  const extensions = { code: 'OPERATION_RESOLUTION_FAILURE', field: 'operationName' };
  throw withStatus400(new GraphQLError(message, { extensions }));
}

function refusals(
  { schema, document, request: { variables = {} }, queryHash }: ResolvedOperation,
  operation: OperationDefinitionNode,
  { queryLimits, introspection }: { queryLimits: QueryLimits; introspection: boolean },
  admitted: AdmittedDocuments,
): GraphQLError[] {
  try {
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      // Apollo would execute it as if it were a query.
      throw AppError.badInput('query', 'must be a query or a mutation; subscribe over WebSocket');
    }
    if (admitted.has(document)) {
      if (admitted.isMeasured(operation)) return [];
      // The cost of the same text depends on its variables.
      checkOperation(queryLimits, schema, document, operation, variables);
      checkVariables(schema, document, operation, variables, introspection);
      admitted.measured(operation);
      return [];
    }
    const errors = admitOperation({ schema, queryLimits, introspection }, document, operation, variables);
    if (errors.length === 0) admitted.add(queryHash, document);
    return errors;
  } catch (error) {
    if (error instanceof AppError) return [toGraphQLError(error)];
    throw error;
  }
}

function withStatus400(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 400 } } });
}

const withoutSuggestions: RequestFeature<BaseContext> = () => ({
  willSendResponse({ response: { body } }) {
    if (body.kind !== 'single' || !body.singleResult.errors) return;
    body.singleResult.errors = body.singleResult.errors.map((error) => ({
      ...error,
      message: error.message.replace(/ ?Did you mean .*\?$/s, ''),
    }));
  },
});
