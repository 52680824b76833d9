import { AppError } from '../../errors.js';

/** Valid values of one parameter of an operation. `optional`: it may be absent. */
export type Parameter = { optional?: boolean } & (
  | { type: 'WHOLE'; min: number; max: number; unit?: string }
  | { type: 'NUMBER'; min: number; max: number; unit?: string }
  | { type: 'ONE_OF'; values: readonly string[] }
  | { type: 'FLAG' }
  | { type: 'COLOUR' }
  | { type: 'TEXT'; maxLength: number }
);

const HEX_COLOUR = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;

/**
 * Checks one value.
 *
 * @throws AppError BAD_USER_INPUT that names the field by its path and the valid values
 */
export function checkParameter(path: string, parameter: Parameter, value: unknown): void {
  if (value === undefined && parameter.optional) return;
  if (isAllowed(parameter, value)) return;
  const message = `must be ${expected(parameter)}`;
  if (!('min' in parameter)) throw AppError.badInput(path, message);
  throw AppError.badInput(path, message, { min: parameter.min, max: parameter.max });
}

/** Describes the valid values of a parameter: "a whole number, 1 to 100". */
export function expected(parameter: Parameter): string {
  switch (parameter.type) {
    case 'WHOLE':
      return `a whole number, ${parameter.min} to ${parameter.max}${parameter.unit ?? ''}`;
    case 'NUMBER':
      return `${parameter.min} to ${parameter.max}${parameter.unit ?? ''}`;
    case 'ONE_OF':
      return `one of ${parameter.values.join(', ')}`;
    case 'FLAG':
      return 'true or false';
    case 'COLOUR':
      return 'a colour as #RRGGBB or #RRGGBBAA';
    case 'TEXT':
      return `1 to ${parameter.maxLength} characters`;
    default:
      return parameter satisfies never;
  }
}

/** NaN and the infinities are outside every range. */
function isAllowed(parameter: Parameter, value: unknown): boolean {
  switch (parameter.type) {
    case 'WHOLE':
      return Number.isInteger(value) && inRange(parameter, value as number);
    case 'NUMBER':
      return typeof value === 'number' && inRange(parameter, value);
    case 'ONE_OF':
      return parameter.values.includes(value as string);
    case 'FLAG':
      return typeof value === 'boolean';
    case 'COLOUR':
      return typeof value === 'string' && HEX_COLOUR.test(value);
    case 'TEXT':
      return typeof value === 'string' && inRange({ min: 1, max: parameter.maxLength }, length(value));
    default:
      return parameter satisfies never;
  }
}

function inRange({ min, max }: { min: number; max: number }, value: number): boolean {
  return value >= min && value <= max;
}

/** Counts characters as code points after composition (NFC). */
function length(text: string): number {
  return [...text.normalize('NFC')].length;
}
