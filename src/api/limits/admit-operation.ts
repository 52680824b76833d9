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
  /** Without it, errors do not suggest names of the schema either. */
  introspection: boolean;
}

/** Errors of one request that are reported. */
const MAX_VALIDATION_ERRORS = 20;

const RULES = specifiedRules.map((rule) =>
  rule === SingleFieldSubscriptionsRule ? subscriptionFieldRule : rule,
);

/**
 * Returns what is wrong with an operation by GraphQL's own rules; nothing where it may run. Limits come first, as
 * thrown LIMIT_EXCEEDED: graphql-js compares every two fields of a selection, so that a document made for it takes a
 * thousand times as long to validate as to measure. Variables come last, as thrown BAD_USER_INPUT.
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

/** The errors of validation, with the code that Apollo gives to them. */
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

/** The same error under one of the codes that Apollo gives over HTTP. */
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
