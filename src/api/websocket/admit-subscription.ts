import {
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  specifiedRules,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql-error.js';
import { checkOperation, parseWithin } from '../limits/check-operation.js';
import type { QueryLimits } from '../limits/query-limits.js';

export interface AdmissionRules {
  schema: GraphQLSchema;
  queryLimits: QueryLimits;
  /** Without it, errors do not suggest names of the schema either. */
  introspection: boolean;
}

/**
 * The parsed and validated operation, ready to be subscribed to, or the errors that refuse it. The same limits hold
 * as over HTTP; queries and mutations are refused, because what guards them (rate limits, uploads) is there.
 */
export function admitSubscription(
  { schema, queryLimits, introspection }: AdmissionRules,
  { query, operationName, variables }: SubscribePayload,
): ExecutionArgs | GraphQLError[] {
  try {
    const document = parseWithin(queryLimits, query);
    const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const errors = validate(schema, document, rules, { hideSuggestions: !introspection });
    if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));

    const operation = getOperationAST(document, operationName);
    if (!operation) {
      throw AppError.badInput('operationName', 'must name one of the operations in the document');
    }
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw AppError.badInput('query', 'must be a subscription; send queries and mutations over HTTP');
    }
    checkOperation(queryLimits, schema, document, operation, variables ?? {});
    return {
      schema,
      document,
      operationName,
      variableValues: variables,
      hideSuggestions: !introspection,
    };
  } catch (error) {
    if (error instanceof AppError) return [toGraphQLError(error)];
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
}

/** The codes that Apollo gives to the same errors over HTTP. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    extensions: { ...error.extensions, code },
  });
}
