import type { OperationSpec } from './operations/operation-spec.js';
import { expected, type Parameter } from './operations/parameter.js';
import { OPERATIONS } from './operations/table.js';

/** The operations on an image. */

export type OperationKind = keyof typeof OPERATIONS;

export const OPERATION_KINDS = Object.keys(OPERATIONS) as readonly OperationKind[];

/** The parameters of a kind, its defaults filled in. */
export type ParamsOf<Kind extends OperationKind> =
  (typeof OPERATIONS)[Kind] extends OperationSpec<infer Params> ? Params : never;

/** One step of a pipeline. */
export type Operation = {
  [Kind in OperationKind]: { kind: Kind; params: ParamsOf<Kind> };
}[OperationKind];

/** The entry of an operation in the table, for its own parameters. */
export function specOf(operation: Operation): OperationSpec<Operation['params']> {
  return OPERATIONS[operation.kind] as OperationSpec<Operation['params']>;
}

/** What the value of each parameter of a kind must be, in words. */
export function parameterWords(kind: OperationKind): ReadonlyMap<string, string> {
  const parameters: Readonly<Record<string, Parameter>> = OPERATIONS[kind].parameters;
  return new Map(Object.entries(parameters).map(([name, parameter]) => [name, expected(parameter)]));
}

/** Where an operation is in a request, for error messages: `input.operations[0].resize`. */
export function operationPath(index: number, kind?: OperationKind): string {
  const place = `input.operations[${index}]`;
  return kind === undefined ? place : `${place}.${kind.toLowerCase()}`;
}

/** Default pipeline of benchmarks: common steps of an image service. */
export const STANDARD_PIPELINE: readonly Operation[] = [
  { kind: 'RESIZE', params: { width: 800, height: 450, fit: 'FILL' } },
  { kind: 'BLUR', params: { sigma: 2 } },
  { kind: 'SHARPEN', params: { amount: 1 } },
  { kind: 'WATERMARK', params: { text: 'nogil-bench', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { kind: 'CONVERT', params: { format: 'JPEG', quality: 80 } },
];
