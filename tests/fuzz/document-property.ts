import fc from 'fast-check';
import {
  execute,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { admitOperation } from '../../src/api/limits/admit-operation.js';
import { parseWithin } from '../../src/api/limits/check-operation.js';
import { DEFAULT_QUERY_LIMITS } from '../../src/api/limits/query-limits.js';
import { AppError } from '../../src/errors.js';
import { nestedSchema } from '../support/fakes/nested-schema.js';

/** Length that the cost limit assumes for lists without a page size. */
const LIST_LENGTH = 10;
const FRAGMENTS = 3;
/** Replaced by a unique name at each place, because two different fields of one name are invalid. */
const NUMBERED = '#';
/** Limits on the text; lower ones would refuse nearly all random documents. */
const LOOSE = { maxTokens: 10_000, maxSelections: 10_000, maxAliases: 10_000, maxDirectives: 10_000 };

/** Mostly the first value; one of the others at the given rate. */
const mostly = (usual: fc.Arbitrary<string>, odd: fc.Arbitrary<string>, oneIn = 40) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: usual }, { weight: 1, arbitrary: odd });
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));

const pageSize = mostly(
  fc.constantFrom('', '(first: 1)', '(first: 3)', '(first: $n)'),
  fc.constantFrom('(first: 100)', '(first: 101)', '(first: -1)', '(first: 1e9)', '(last: 1)'),
  10,
);
const alias = mostly(fc.constant(`${NUMBERED}: `), fc.constantFrom('id: ', ''));
const directive = mostly(
  fc.constantFrom('', '', ' @include(if: true)', ' @skip(if: $yes)'),
  fc.constantFrom(' @unknown', ' @skip'),
);
const leaf = mostly(
  fc.constantFrom('id', 'color', 'tags', '__typename'),
  fc.constantFrom('missing', 'id(x: 1)', 'tags { x }', 'items', '__schema { types { name } }'),
);

const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => ({
  selections: fc
    .array(tie('selection'), { minLength: 1, maxLength: 4 })
    .map((parts) => `{ ${parts.join(' ')} }`),
  selection: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    joined(alias, leaf, directive),
    fc.nat({ max: FRAGMENTS - 1 }).map((number) => `...F${number}`),
    joined(alias, fc.constant('parent'), directive, tie('selections')),
    joined(
      ...[alias, fc.constant('items'), pageSize, directive],
      ...[fc.constant('{ totalCount edges { node '), tie('selections'), fc.constant(' } }')],
    ),
    joined(mostly(fc.constantFrom('... ', '... on Item '), fc.constant('... on Query ')), tie('selections')),
  ),
}));

/** Whole documents; a fragment spreads later ones, or sometimes an earlier one, which is a cycle. */
const documents = fc
  .tuple(
    ...[selections, selections],
    fc.array(selections, { minLength: FRAGMENTS, maxLength: FRAGMENTS }),
    mostly(fc.constant('in order'), fc.constant('in circles')),
    fc.integer({ min: -1, max: 120 }),
  )
  .map(([item, items, fragments, order, n]) => {
    const root = `query ($n: Int! = 2, $yes: Boolean! = false) {
      item(id: 1) ${item} items(first: $n) { edges { node ${items} } } all: item(id: 2) { ${every('...F')} } n: items(first: $n) { totalCount } y: item(id: 3) { id @skip(if: $yes) } }`;
    const later = (text: string, number: number) =>
      text.replaceAll(/\.\.\.F(\d)/g, (spread, other) => (Number(other) > number ? spread : 'id'));
    const definitions = fragments.map(
      (text, number) => `fragment F${number} on Item ${order === 'in order' ? later(text, number) : text}`,
    );
    let names = 0;
    const text = [root, ...definitions].join('\n').replaceAll(NUMBERED, () => `a${names++}`);
    return { text, variables: { n } };
  });

function every(prefix: string): string {
  return Array.from({ length: FRAGMENTS }, (_, number) => prefix + number).join(' ');
}

/**
 * Every document is refused with the limit, its value and the requested one, or by GraphQL's rules, or it runs and its
 * answer has at most as many fields as its cost.
 */
export function documentProperty() {
  const schema = lavishSchema();
  return fc.asyncProperty(documents, fc.boolean(), async ({ text, variables }, loose) => {
    const queryLimits = { ...DEFAULT_QUERY_LIMITS, ...(loose && LOOSE) };
    const rules = { schema, queryLimits, introspection: false };
    try {
      const document = parseWithin(rules.queryLimits, text);
      const operation = getOperationAST(document);
      if (!operation || admitOperation(rules, document, operation, variables).length > 0) return;
      const { data } = await execute({ schema, document, variableValues: variables });
      const fields = countFields(data);
      if (fields > rules.queryLimits.maxCost) throw new Error(`An answer of ${fields} fields`);
    } catch (error) {
      // Of the parser.
      if (error instanceof GraphQLError) return;
      if (!(error instanceof AppError)) throw error;
      const { limit, value, asked } = error.details;
      const told = typeof limit === 'string' && Number(asked) > Number(value);
      if (error.code !== 'LIMIT_EXCEEDED' || !told) throw new Error(`${error.code} ${error.message}`);
    }
  });
}

/** Returns the maximum: full pages, and lists of the assumed length. */
function lavishSchema(): GraphQLSchema {
  const schema = nestedSchema();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) field.resolve = lavish(field);
  }
  return schema;
}

type Lavish = { page?: number };

function lavish(
  field: GraphQLField<unknown, unknown>,
): (parent: Lavish, args: { first?: number }) => unknown {
  const leaf = isScalarType(getNamedType(field.type)) ? 1 : field.name === 'color' ? 'RED' : undefined;
  if (isListType(getNullableType(field.type))) {
    return ({ page = LIST_LENGTH }) => Array.from({ length: Math.max(0, page) }, () => leaf ?? {});
  }
  return (_parent, { first }) => leaf ?? { ...(first !== undefined && { page: first }) };
}

function countFields(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countFields(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, item) => sum + 1 + countFields(item), 0);
}
