import { expect, it } from '@jest/globals';
import { type GraphQLResolveInfo, Kind, parse } from 'graphql';
import { mayBeSelected } from '../../../src/api/graphql/selected-fields.js';

function infoOf(text: string): GraphQLResolveInfo {
  const { definitions } = parse(text);
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return { operation: definitions[0], fragments: { ...fragments } } as unknown as GraphQLResolveInfo;
}

it.each([
  ['a field', '{ job { items { position } } }', true],
  ['an alias', '{ job { all: items { position } } }', true],
  ['a fragment', '{ job { ...Rest } } fragment Rest on Job { status items { position } }', true],
  ['an inline fragment', '{ job { ... on Job { items { position } } } }', true],
  ['another field by that name', '{ job { items: status } }', false],
  ['an argument of that name', '{ job(items: 1) { status } }', false],
])('finds a field selected by %s', (_how, text, asked) => {
  expect(mayBeSelected('items', infoOf(text))).toBe(asked);
});
