import { describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery, getOperationAST, validate } from 'graphql';
import { checkOperation, parseWithin } from '../../../src/api/limits/check-operation.js';
import { DEFAULT_QUERY_LIMITS, type QueryLimits } from '../../../src/api/limits/query-limits.js';
import { nestedSchema } from '../../support/fakes/nested-schema.js';

const schema = nestedSchema();

function check(query: string, changed: Partial<QueryLimits> = {}): void {
  const limits = { ...DEFAULT_QUERY_LIMITS, ...changed };
  const document = parseWithin(limits, query);
  const operation = getOperationAST(document, null);
  if (operation) checkOperation(limits, schema, document, operation);
}

describe('an operation within the limits', () => {
  const everything = '{ a: items(first: 3) { edges @skip(if: false) { node { id } } } }';

  it.each([
    ['maxTokens', 26],
    ['maxDepth', 4],
    ['maxRootFields', 1],
    ['maxAliases', 1],
    ['maxDirectives', 1],
    ['maxPageSize', 3],
    ['maxCost', 1 + 3 * 3],
  ] as const)('%s: passes at it and is refused one below', (limit, value) => {
    expect(() => check(everything, { [limit]: value })).not.toThrow();
    expect(() => check(everything, { [limit]: value - 1 })).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', details: { limit, value: value - 1, asked: value } }),
    );
  });

  it('can be the introspection query of tools, at the default limits', () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true });
    expect(() => check(query)).not.toThrow();
    expect(validate(schema, parseWithin(DEFAULT_QUERY_LIMITS, query))).toEqual([]);
  });

  it('keeps syntax errors as they are', () => {
    expect(() => check('{ item(')).toThrow('Syntax Error');
  });

  it('reports an unbounded cost as a number that JSON can hold', () => {
    const doubling = Array.from(
      { length: 90 },
      (_, i) => `fragment F${i} on Item { ...F${i + 1} ...F${i + 1} }`,
    );
    expect(() =>
      check(`{ item(id: 1) { ...F0 } } ${doubling.join(' ')} fragment F90 on Item { id }`),
    ).toThrow(
      expect.objectContaining({
        details: { limit: 'maxCost', value: 10_000, asked: Number.MAX_SAFE_INTEGER },
      }),
    );
  });
});
