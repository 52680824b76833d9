import { describe, expect, it } from '@jest/globals';
import { GraphQLFloat, GraphQLList, GraphQLObjectType, GraphQLSchema, graphql } from 'graphql';
import { rounded, roundNumbers } from '../../../src/api/graphql/rounding.js';

describe('a number of a response', () => {
  it.each([
    ['durationMs', 12.345678901234567, 12.35],
    ['samplesMs', 0.004, 0],
    ['ms', 1.005, 1],
    ['speedup', 1.6800000000000002, 1.68],
    ['imagesPerSecond', 1234.56789, 1234.5679],
    ['pValue', 0.000012345678, 0.00001235],
    ['ratio', -0.123456, -0.1235],
    ['totalMemoryBytes', 8_345_123_456_789, 8_345_123_456_789],
  ])('%s = %d is shown as %d', (name, value, shown) => expect(rounded(name, value)).toBe(shown));

  it('is rounded in lists, promises and plain fields, and null stays null', async () => {
    const fields = {
      plainMs: { type: GraphQLFloat },
      listMs: { type: new GraphQLList(GraphQLFloat) },
      laterMs: { type: GraphQLFloat, resolve: async () => 1.23456 },
      noneMs: { type: GraphQLFloat },
    };
    const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields }) });
    roundNumbers(schema);
    const rootValue = { plainMs: 1.23456, listMs: [1.23456, null], noneMs: null };
    const { data } = await graphql({ schema, source: '{ plainMs listMs laterMs noneMs }', rootValue });
    expect({ ...data }).toEqual({ plainMs: 1.23, listMs: [1.23, null], laterMs: 1.23, noneMs: null });
  });
});
