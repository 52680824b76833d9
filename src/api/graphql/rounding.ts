import {
  defaultFieldResolver,
  type GraphQLField,
  GraphQLFloat,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';

/** Decimals of milliseconds: 0.01 ms is below the resolution of the measurements. */
const MS_DECIMALS = 2;
/** Decimals of other numbers of at least 1; significant digits of numbers below 1. */
const DIGITS = 4;

/**
 * Rounds every Float of a response: further digits are noise, and some clients show numbers of more than 15 digits as
 * text.
 */
export function roundNumbers(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      if (getNamedType(field.type) === GraphQLFloat) roundField(field);
  }
}

function roundField(field: GraphQLField<unknown, unknown>): void {
  const { name, resolve = defaultFieldResolver } = field;
  const round = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(round);
    return typeof value === 'number' ? rounded(name, value) : value;
  };
  field.resolve = (...args) => {
    const value = resolve(...args);
    return value instanceof Promise ? value.then(round) : round(value);
  };
}

/** Rounds a number for the field of this name; whole numbers do not change. */
export function rounded(name: string, value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  if (/ms$/i.test(name)) return Number(value.toFixed(MS_DECIMALS));
  return Number(Math.abs(value) < 1 ? value.toPrecision(DIGITS) : value.toFixed(DIGITS));
}
