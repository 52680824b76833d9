import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  validate,
} from 'graphql';
import { checkDocument, checkOperation } from './check-operation.js';
import { checkVariables } from './check-variables.js';
import { literalError } from './literal-errors.js';
import type { QueryLimits } from './query-limits.js';
import { subscriptionFieldRule } from './subscription-field.js';

export interface AdmissionRules {
  schema: GraphQLSchema;
  queryLimits: QueryLimits;
  /** If false, errors do not suggest names of the schema either. */
  introspection: boolean;
}

/** Maximum number of reported errors of one request. */
const MAX_VALIDATION_ERRORS = 20;

const RULES = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? subscriptionFieldRule : rule,
);

/**
 * Checks an operation before it runs. First the limits (throws LIMIT_EXCEEDED), because graphql-js compares every
 * pair of fields of a selection, and validating a hostile document takes a thousand times as long as measuring it.
 * Then GraphQL's validation, whose errors are returned. Last the variables (throws BAD_USER_INPUT).
 */
export function admitOperation(
  { schema, queryLimits, introspection }: AdmissionRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> = {},
): GraphQLError[] {
  checkDocument(queryLimits, document);
  checkOperation(queryLimits, schema, document, operation, variables);
  const errors = validationErrors(schema, document, introspection);
  if (errors.length === 0) checkVariables(schema, document, operation, variables, introspection);
  return errors;
}

/** Validation errors with the code that Apollo uses for them. */
function validationErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  introspection: boolean,
): GraphQLError[] {
  const rules = introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule];
  const options = { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection };
  return validate(schema, document, rules, options).map((error) =>
    withCode(literalError(schema, document, error, introspection), 'GRAPHQL_VALIDATION_FAILED'),
  );
}

/** Returns the error with one of the codes that Apollo uses over HTTP. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    extensions: { ...error.extensions, code },
  });
}
