/** GraphQL operations as text, with literals rather than variables, so that it runs wherever it is pasted. */

/** Member of an enum: written without quotes. */
export class EnumValue {
  constructor(readonly name: string) {}
}

export type Literal =
  | string
  | number
  | boolean
  | EnumValue
  | readonly Literal[]
  | { readonly [name: string]: Literal | undefined };

export interface Operation {
  type: 'query' | 'mutation' | 'subscription';
  field: string;
  /** Arguments; an undefined one is left to its default. */
  args?: { readonly [name: string]: Literal | undefined };
  /** Lines of the selection; none for a field without subfields. */
  selection?: readonly string[];
  /** Values that are no literals: files, and lists that would exceed the tokens that a document may have. */
  variables?: { readonly [name: string]: Variable };
}

interface Variable {
  /** GraphQL type, such as `[ID!]!`. */
  type: string;
  value: string | readonly string[] | null;
}

const INDENT = '  ';
/** Longer literals are written over several lines. */
const MAX_LINE = 90;
/** Longer lists are variables: a document has at most 1,000 tokens. */
const MAX_LITERALS = 200;

/** Writes an operation with one field. */
export function operationText({ type, field, args = {}, selection = [], variables = {} }: Operation): string {
  const list = Object.entries(args).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${literalText(value, INDENT)}`],
  );
  const call = `${INDENT}${field}${list.length > 0 ? `(${list.join(', ')})` : ''}`;
  const lines = selection.map((line) => `${INDENT}${INDENT}${line}`);
  const body = lines.length > 0 ? [`${call} {`, ...lines, `${INDENT}}`] : [call];
  const declared = Object.entries(variables).map(([name, one]) => `$${name}: ${one.type}`);
  const head = declared.length > 0 ? `${type} (${declared.join(', ')})` : type;
  return [`${head} {`, ...body, '}'].join('\n');
}

/** Writes a field with arguments within a selection. */
export function fieldText(field: string, args: { readonly [name: string]: Literal }): string {
  const list = Object.entries(args).map(([name, value]) => `${name}: ${oneLine(value)}`);
  return `${field}(${list.join(', ')})`;
}

/** Values of the variables by name; undefined where the operation has none. */
export function variablesOf({ variables }: Operation): Record<string, unknown> | undefined {
  if (!variables) return undefined;
  return Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value]));
}

/** Reference to a variable, as an argument. */
export function reference(name: string): EnumValue {
  return new EnumValue(`$${name}`);
}

/** A list of ids as an argument: literals, or a variable of this name where there are too many. */
export function idList(
  name: string,
  ids: readonly string[],
): { argument: Literal; variables?: { [name: string]: Variable } } {
  if (ids.length <= MAX_LITERALS) return { argument: ids };
  return { argument: reference(name), variables: { [name]: { type: '[ID!]!', value: ids } } };
}

function literalText(value: Literal, indent: string): string {
  const line = oneLine(value);
  if (indent.length + line.length <= MAX_LINE) return line;
  const inner = `${indent}${INDENT}`;
  if (isList(value))
    return [`[`, ...value.map((one) => inner + literalText(one, inner)), `${indent}]`].join('\n');
  if (value instanceof EnumValue || typeof value !== 'object') return line;
  const fields = entriesOf(value).map(([name, one]) => `${inner}${name}: ${literalText(one, inner)}`);
  return ['{', ...fields, `${indent}}`].join('\n');
}

function oneLine(value: Literal): string {
  if (value instanceof EnumValue) return value.name;
  if (isList(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{ ${entriesOf(value)
    .map(([name, one]) => `${name}: ${oneLine(one)}`)
    .join(', ')} }`;
}

function entriesOf(value: { readonly [name: string]: Literal | undefined }): [string, Literal][] {
  return Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]]));
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}
