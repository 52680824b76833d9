/** Limits of one GraphQL operation, checked before execution, over HTTP and WebSocket. */
export interface QueryLimits {
  /** Lexical tokens of the document; parsing stops beyond. */
  maxTokens: number;
  /** Fields and fragment spreads in the text of the document; they determine the validation time. */
  maxSelections: number;
  /** Levels of nested fields. */
  maxDepth: number;
  /** Like the next two, a fragment counts each time it is spread. */
  maxAliases: number;
  maxDirectives: number;
  maxRootFields: number;
  /** `first` or `last` of a connection. */
  maxPageSize: number;
  /** Maximum fields of the response; a list multiplies its selection. See `operation-measures.ts`. */
  maxCost: number;
}

/**
 * The introspection query of GraphQL tools has 184 tokens. The deepest useful operation goes from jobs to items,
 * results and their sources: 11 levels. A page of 100 images with all fields costs 4,000.
 */
export const DEFAULT_QUERY_LIMITS: QueryLimits = {
  maxTokens: 1_000,
  maxSelections: 200,
  maxDepth: 12,
  maxAliases: 30,
  maxDirectives: 30,
  maxRootFields: 20,
  maxPageSize: 100,
  maxCost: 10_000,
};
