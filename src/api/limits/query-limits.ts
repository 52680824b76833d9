/** Bounds on one GraphQL operation. They hold before it is executed, over HTTP and over WebSocket. */
export interface QueryLimits {
  /** Lexical tokens of the document; what is longer is not parsed to its end. */
  maxTokens: number;
  /** Fields, and fragments where they are spread, in the text of the document: what validation takes its time for. */
  maxSelections: number;
  /** Levels of nested fields. */
  maxDepth: number;
  /** Fields under another name, fragments counted wherever they are spread; the same of the next two. */
  maxAliases: number;
  maxDirectives: number;
  maxRootFields: number;
  /** `first` or `last` of a connection. */
  maxPageSize: number;
  /** Fields that the answer can have: a list multiplies what is below it. See `operation-measures.ts`. */
  maxCost: number;
}

/**
 * The introspection query of GraphQL tools has 184 tokens. The deepest sensible operation here follows jobs to their
 * items to their results to the sources of those, 11 levels; a page of 100 images with all their fields costs 4,000.
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
