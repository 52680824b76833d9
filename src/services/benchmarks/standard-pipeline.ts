import { isDeepStrictEqual } from 'node:util';
import { type Operation, type OperationKind, STANDARD_PIPELINE } from '../../imaging/operation.js';

/** Values that the API fills in for absent parameters of the standard pipeline. */
const DEFAULTS: Partial<Record<OperationKind, Readonly<Record<string, unknown>>>> = {
  RESIZE: { gravity: 'CENTER', enlarge: true },
};

/**
 * Returns the standard pipeline for a pipeline that differs from it only by defaults that are written out, so that the
 * same work is stored in the same way; otherwise the pipeline itself.
 */
export function asStandard(operations: readonly Operation[]): readonly Operation[] {
  const isStandard =
    operations.length === STANDARD_PIPELINE.length &&
    operations.every((operation, index) => isSame(operation, STANDARD_PIPELINE[index]));
  return isStandard ? STANDARD_PIPELINE : operations;
}

function isSame(operation: Operation, standard: Operation | undefined): boolean {
  return operation.kind === standard?.kind && isDeepStrictEqual(inFull(operation), inFull(standard));
}

function inFull({ kind, params }: Operation): Record<string, unknown> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null);
  return { ...DEFAULTS[kind], ...Object.fromEntries(given) };
}
