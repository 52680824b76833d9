import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  isScalarType,
} from 'graphql';

declare module 'graphql' {
  interface GraphQLInputFieldExtensions {
    /** What a value of the field must be, in words, where its type does not say it all. */
    expected?: string;
  }
}

/** Problem of an input value: path of the field, and what would be valid. */
export interface InputProblem {
  field: string;
  message: string;
}

/** Description of the values of each scalar. */
const SCALARS: Readonly<Record<string, string>> = {
  Int: 'a whole number from -2147483648 to 2147483647',
  Float: 'a number',
  String: 'text',
  Boolean: 'true or false',
  ID: 'an id as text',
  DateTimeISO: 'a date and time such as 2026-01-31T12:00:00Z',
  Upload: 'a file part of a GraphQL multipart request, passed as a variable',
};

/**
 * The first problem of a JSON value as an input of this type; undefined for a valid one.
 *
 * @param names whether the problem may name members of the schema that the client has not named
 */
export function inputProblem(
  value: unknown,
  type: GraphQLInputType,
  field: string,
  names: boolean,
): InputProblem | undefined {
  if (isNonNullType(type)) {
    if (value === undefined) return { field, message: 'is required' };
    if (value === null) return { field, message: 'must not be null' };
    return inputProblem(value, type.ofType, field, names);
  }
  if (value === undefined || value === null) return undefined;
  if (isListType(type)) {
    // GraphQL takes a single value for a list of one.
    if (!Array.isArray(value)) return inputProblem(value, type.ofType, field, names);
    return first(
      value.map((entry, index) => [`${field}[${index}]`, entry ?? null]),
      ([path, entry]) => inputProblem(entry, type.ofType, path, names),
    );
  }
  if (isInputObjectType(type)) return objectProblem(value, type, field, names);
  return isLeafType(type) && !isValid(value, type)
    ? { field, message: `must be ${expected(type, names)}` }
    : undefined;
}

function objectProblem(
  value: unknown,
  type: GraphQLInputObjectType,
  field: string,
  names: boolean,
): InputProblem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { field, message: 'must be an object' };
  const given = value as Record<string, unknown>;
  const fields = type.getFields();
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined)
    return { field: `${field}.${unknown}`, message: `is not a field of ${type.name}` };
  const missing = Object.values(fields).find(
    (each) => isRequiredInputField(each) && given[each.name] === undefined,
  );
  if (missing) return { field: `${field}.${missing.name}`, message: 'is required' };
  const set = Object.keys(given).filter((name) => given[name] !== undefined);
  if (type.isOneOf && (set.length !== 1 || given[set[0] ?? ''] === null))
    return { field, message: oneOfMessage(type, names) };
  return first(set, (name) => {
    const member = fields[name];
    const problem = member && inputProblem(given[name], member.type, `${field}.${name}`, names);
    return problem && withWordsOf(member, problem);
  });
}

/** The words of an input field for a value that its scalar refuses. */
export function withWordsOf({ type, extensions }: GraphQLInputField, problem: InputProblem): InputProblem {
  const { expected: words } = extensions;
  return words !== undefined && isScalarType(getNullableType(type)) && problem.message.startsWith('must be ')
    ? { ...problem, message: `must be ${words}` }
    : problem;
}

/** Describes an input object that requires exactly one field. */
export function oneOfMessage(type: GraphQLInputObjectType, names: boolean): string {
  const members = names ? ` of ${Object.keys(type.getFields()).join(', ')}` : '';
  return `must have exactly one${names ? members : ' field'}`;
}

/** Describes a value of the type. */
export function expected(type: GraphQLLeafType, names: boolean): string {
  if (!isEnumType(type)) return SCALARS[type.name] ?? `a value of ${type.name}`;
  if (!names) return `a value of ${type.name}`;
  return `one of ${type
    .getValues()
    .map(({ name }) => name)
    .join(', ')}`;
}

function isValid(value: unknown, type: GraphQLLeafType): boolean {
  try {
    return type.parseValue(value) !== undefined;
  } catch {
    return false;
  }
}

function first<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
