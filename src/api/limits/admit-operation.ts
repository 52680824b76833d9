import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  specifiedRules,
  validate,
} from 'graphql';
import { checkDocument, checkOperation } from './check-operation.js';
import type { QueryLimits } from './query-limits.js';

export interface AdmissionRules {
  schema: GraphQLSchema;
  queryLimits: QueryLimits;
  /** Without it, errors do not suggest names of the schema either. */
  introspection: boolean;
}

/** A request with more faults than these is told of no more. */
const MAX_VALIDATION_ERRORS = 20;

/**
 * What is wrong with an operation by GraphQL's own rules; nothing where it may run. LIMIT_EXCEEDED is thrown, and first:
 * graphql-js compares every two fields of a selection, so that a document made for it takes a thousand times as
 * long to validate as to measure.
 */
export function admitOperation(
  { schema, queryLimits, introspection }: AdmissionRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  checkDocument(queryLimits, document);
  checkOperation(queryLimits, schema, document, operation, variables);
  return validationErrors(schema, document, introspection);
}

/** The errors of validation, with the code that Apollo gives to them. */
function validationErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  introspection: boolean,
): GraphQLError[] {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const options = { maxErrors: MAX_VALIDATION_ERRORS, hideSuggestions: !introspection };
  return validate(schema, document, rules, options).map((error) =>
    withCode(error, 'GRAPHQL_VALIDATION_FAILED'),
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
