import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { undescribed } from '../../support/checks/undescribed.js';

const SCHEMA = new URL('../../../../schema.graphql', import.meta.url);

describe('the schema', () => {
  it('describes every type, field, argument and enum value', () => {
    expect(undescribed(buildSchema(readFileSync(SCHEMA, 'utf8')))).toEqual([]);
  });
});

describe('the search for missing descriptions', () => {
  it('finds them in every kind of definition, except those of GraphQL itself', () => {
    const schema = buildSchema(`
      directive @silent(loud: Int) on FIELD
      scalar Silent
      interface Node { id: ID! }
      type Thing implements Node { id(format: String): ID! " " blank: Silent }
      union Either = Thing
      enum Size { SMALL "Described." LARGE }
      input Filter { size: Size = SMALL }
      type Query { things(filter: Filter): [Either!]! }
    `);
    expect(undescribed(schema)).toEqual([
      '@silent',
      '@silent(loud:)',
      'Either',
      'Filter',
      'Filter.size',
      'Node',
      'Node.id',
      'Query.things',
      'Query.things(filter:)',
      'Silent',
      'Size',
      'Size.SMALL',
      'Thing',
      'Thing.blank',
      'Thing.id',
      'Thing.id(format:)',
    ]);
  });

  it('finds none in a described schema', () => {
    const schema = buildSchema(`
      "A thing." type Thing { "Its name." name("In which case." upper: Boolean): String }
      type Query { "A thing." thing: Thing }
    `);
    expect(undescribed(schema)).toEqual([]);
  });
});
