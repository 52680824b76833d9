import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { AppError } from '../../errors.js';
import { measureOperation, type OperationMeasures } from './operation-measures.js';
import type { QueryLimits } from './query-limits.js';

type MeasuredLimit = Exclude<keyof QueryLimits, 'maxTokens' | 'maxSelections'>;

/** Order of the checks: the limit that a client can correct most easily comes first. */
const CHECKS: readonly (readonly [MeasuredLimit, keyof OperationMeasures, what: string])[] = [
  ['maxDepth', 'depth', 'levels of nested fields'],
  ['maxRootFields', 'rootFields', 'root fields'],
  ['maxAliases', 'aliases', 'aliases'],
  ['maxDirectives', 'directives', 'directives'],
  ['maxPageSize', 'pageSize', 'items in one page'],
  ['maxCost', 'cost', 'cost points'],
];

/** Throws LIMIT_EXCEEDED with `limit`, `value` and `asked` for an operation beyond a limit. */
export function checkOperation(
  limits: QueryLimits,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Readonly<Record<string, unknown>>,
): void {
  const measures = measureOperation(schema, document, operation, variables);
  for (const [limit, measure, what] of CHECKS) {
    const value = limits[limit];
    const asked = Math.min(measures[measure], Number.MAX_SAFE_INTEGER);
    if (asked > value) {
      const message = `The operation asks for ${asked} ${what}; at most ${value} are allowed.`;
      throw AppError.limit(limit, value, asked, message);
    }
  }
}

/** Throws LIMIT_EXCEEDED for a document with too many selections, including operations that do not run. */
export function checkDocument({ maxSelections }: QueryLimits, document: DocumentNode): void {
  let asked = 0;
  visit(document, {
    SelectionSet: ({ selections }) => {
      asked += selections.length;
    },
  });
  if (asked <= maxSelections) return;
  const message = `The document selects ${asked} fields and fragments; at most ${maxSelections} are allowed.`;
  throw AppError.limit('maxSelections', maxSelections, asked, message);
}

/** Parses a document; throws LIMIT_EXCEEDED when it has too many tokens, or the parser's own error. */
export function parseWithin(limits: QueryLimits, source: string): DocumentNode {
  try {
    return parse(source, { maxTokens: limits.maxTokens });
  } catch (error) {
    throw tokenLimitError(limits, error) ?? error;
  }
}

/** Converts the parser's error about too many tokens to LIMIT_EXCEEDED; the parser stops at the limit. */
export function tokenLimitError({ maxTokens }: QueryLimits, error: unknown): AppError | undefined {
  if (!(error instanceof GraphQLError) || !/contains more tha[nt] \d+ tokens/.test(error.message))
    return undefined;
  return AppError.limit(
    'maxTokens',
    maxTokens,
    maxTokens + 1,
    `The document has more than ${maxTokens} tokens; at most ${maxTokens} are allowed.`,
  );
}
