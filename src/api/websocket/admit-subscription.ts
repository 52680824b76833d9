import {
  type ExecutionArgs,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  OperationTypeNode,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { AppError } from '../../errors.js';
import { toGraphQLError } from '../graphql/graphql-error.js';
import { type AdmissionRules, admitOperation, withCode } from '../limits/admit-operation.js';
import { parseWithin } from '../limits/check-operation.js';
import { requireOneField } from '../limits/subscription-field.js';

/**
 * Parses and validates a subscription; returns a function that runs it, or its errors. The limits are the same as
 * over HTTP. Queries and mutations are refused, because their rate limits exist only over HTTP.
 */
export function admitSubscription(
  rules: AdmissionRules,
  { query, operationName, variables }: SubscribePayload,
): ExecutionArgs | GraphQLError[] {
  try {
    const document = parseWithin(rules.queryLimits, query);
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      throw AppError.badInput('operationName', 'must name one of the operations in the document');
    }
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      throw AppError.badInput('query', 'must be a subscription; send queries and mutations over HTTP');
    }
    const errors = admitOperation(rules, document, operation, variables ?? {});
    if (errors.length > 0) return errors;
    const { coerced = {} } = getVariableValues(
      rules.schema,
      operation.variableDefinitions ?? [],
      variables ?? {},
    );
    requireOneField(document, operation, coerced);
    return {
      schema: rules.schema,
      document,
      operationName,
      variableValues: variables,
      hideSuggestions: !rules.introspection,
    };
  } catch (error) {
    if (error instanceof AppError) return [toGraphQLError(error)];
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
}
