/** What the editor knows about the operations: their fields, and words for them. */
import type { OperationKind } from '../../api/generated/graphql.js';
import { OPERATIONS } from '../../api/generated/operations.js';

export type Value = string | number | boolean;
export type Params = Readonly<Record<string, Value>>;

/** A parameter of an operation: its bounds, and its default where it has one. */
export type Field = { optional?: boolean; initial?: Value } & (
  | { type: 'WHOLE' | 'NUMBER'; min: number; max: number; unit?: string }
  | { type: 'ONE_OF'; values: readonly string[] }
  | { type: 'FLAG' }
  | { type: 'COLOUR' }
  | { type: 'TEXT'; maxLength: number }
);
export type NumberField = Extract<Field, { min: number }>;

interface OperationFacts {
  /** Name of its field in OperationInput. */
  field: string;
  summary: string;
  parameters: Readonly<Record<string, Field>>;
}

const FACTS: Readonly<Record<OperationKind, OperationFacts>> = OPERATIONS;

export const KINDS = Object.keys(OPERATIONS) as readonly OperationKind[];

export function factsOf(kind: OperationKind): OperationFacts {
  return FACTS[kind];
}

export function isKind(text: unknown): text is OperationKind {
  return KINDS.some((kind) => kind === text);
}

/** The nearest value that a field allows; undefined for none, where the field may be absent. */
export function allowed(
  field: Field,
  value: Value | undefined,
  before: Value | undefined,
): Value | undefined {
  switch (field.type) {
    case 'WHOLE':
    case 'NUMBER': {
      if (typeof value !== 'number' || Number.isNaN(value)) return field.optional ? undefined : before;
      const number = field.type === 'WHOLE' ? Math.round(value) : value;
      // Addressed as text, -0 is 0.
      return Math.min(field.max, Math.max(field.min, number)) + 0;
    }
    case 'ONE_OF':
      return field.values.some((each) => each === value) ? value : before;
    case 'FLAG':
      return value === true;
    case 'COLOUR':
      return typeof value === 'string' && /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value) ? value : before;
    case 'TEXT':
      return typeof value === 'string' ? [...value].slice(0, field.maxLength).join('') : before;
    default:
      return field satisfies never;
  }
}

/** `TOP_LEFT` → `Top left`, `maxBytes` → `Max bytes`. */
export function wordsOf(name: string): string {
  const spaced = /^[A-Z_]+$/.test(name) ? name.replaceAll('_', ' ') : name.replaceAll(/([A-Z])/g, ' $1');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}
