import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { measureOperation, type OperationMeasures } from '../../../src/api/limits/operation-measures.js';
import { nestedSchema } from '../../support/fakes/nested-schema.js';

function measure(
  query: string,
  variables?: Record<string, unknown>,
  schema = nestedSchema(),
): OperationMeasures {
  const document = parse(query);
  const operation = getOperationAST(document, null);
  if (!operation) throw new Error('no operation');
  return measureOperation(schema, document, operation, variables);
}

describe('the measures of an operation', () => {
  it('count levels, root fields, aliases and directives, of fragments at each spread', () => {
    expect(
      measure(`
        query @skip(if: false) { a: item(id: 1) { ...F } item(id: 2) { parent { ...F @include(if: true) } } }
        fragment F on Item { one: id two: id @skip(if: false) }
      `),
    ).toMatchObject({ depth: 3, rootFields: 2, aliases: 5, directives: 4 });
  });

  it('count root fields inside fragments', () => {
    expect(
      measure('{ ... on Query { ...R } } fragment R on Query { a: item(id: 1) { id } item(id: 2) { id } }'),
    ).toMatchObject({ rootFields: 2, depth: 2 });
  });

  it.each([
    ['one field', '{ item(id: 1) { id } }', 2],
    [
      'a page, which multiplies its edges alone',
      '{ items(first: 7) { totalCount edges { node { id } } } }',
      2 + 7 * 3,
    ],
    ['the default page', '{ items { edges { node { id } } } }', 1 + 20 * 3],
    [
      'pages in pages',
      '{ items(first: 5) { edges { node { items(first: 4) { edges { node { id } } } } } } }',
      1 + 5 * (2 + 1 + 4 * 3),
    ],
    ['a list without a page size', '{ item(id: 1) { tags } }', 1 + 10],
    ['a list that states its length', '{ item(id: 1) { all { id color } } }', 1 + 1_000 * 3],
    [
      'a page through fragments',
      '{ items(first: 7) { ... { ...C } } } fragment C on ItemConnection { edges { node { id } } }',
      1 + 7 * 3,
    ],
  ])('cost: %s', (_name, query, cost) => {
    expect(measure(query).cost).toBe(cost);
  });

  it('read a page size from variables and their defaults', () => {
    const query = 'query ($n: Int = 9) { items(first: $n) { edges { node { id } } } }';
    expect(measure(query)).toMatchObject({ pageSize: 9, cost: 1 + 9 * 3 });
    expect(measure(query, { n: 30 })).toMatchObject({ pageSize: 30, cost: 1 + 30 * 3 });
  });

  it('take the cost of a field from its complexity', () => {
    const schema = buildSchema('type Query { report: String }');
    const report = schema.getQueryType()?.getFields().report;
    if (report) report.extensions = { complexity: 50 };
    expect(measure('{ a: report b: report }', {}, schema).cost).toBe(100);
  });

  it('count doubling fragments in full, in linear time', () => {
    const doubling = Array.from(
      { length: 90 },
      (_, i) => `fragment F${i} on Item { ...F${i + 1} ...F${i + 1} }`,
    );
    const query = `{ item(id: 1) { ...F0 } } ${doubling.join(' ')} fragment F90 on Item { id }`;
    expect(measure(query).cost).toBe(1 + 2 ** 90);
  });

  it('stop at fragments that spread themselves', () => {
    expect(measure('{ item(id: 1) { ...A } } fragment A on Item { id parent { ...A } }').depth).toBe(2);
  });

  it('count introspection as one costly field', () => {
    expect(measure(getIntrospectionQuery())).toEqual({
      depth: 1,
      aliases: 0,
      directives: 0,
      rootFields: 1,
      pageSize: 0,
      cost: 100,
    });
  });
});
