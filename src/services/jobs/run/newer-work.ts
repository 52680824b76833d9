import type { Job } from '../../../entities/job.entity.js';
import { AppError } from '../../../errors.js';
import { WORKER_POOLS } from '../../../execution/model.js';
import { IMAGE_ENGINES } from '../../../imaging/engine-name.js';
import { OPERATION_KINDS, type Operation, specOf } from '../../../imaging/operation.js';

/** A job that only a newer release can run. */
export class NewerWork extends AppError {}

/**
 * Throws {@link NewerWork} for a job with an operation, parameter, engine or pool that this release does not know: it
 * would fail its items, or leave a parameter out. Bounds are not checked: those of a stored job were checked once.
 */
export function refuseNewerWork({ id, engine, pool, operations }: Job): void {
  const unknown = [
    ...(IMAGE_ENGINES.includes(engine) ? [] : [`engine ${engine}`]),
    ...(WORKER_POOLS.includes(pool) ? [] : [`pool ${pool}`]),
    ...operations.flatMap(unknownIn),
  ];
  if (unknown.length === 0) return;
  const what = unknown.slice(0, 3).join(', ');
  throw new NewerWork('SERVER_BUSY', `a newer release has created job ${id} (${what} is unknown here)`);
}

function unknownIn(operation: Operation): string[] {
  const { kind } = operation;
  if (!OPERATION_KINDS.includes(kind)) return [`operation ${kind}`];
  const { parameters } = specOf(operation);
  // Rows are not validated again: an operation without parameters may have been stored without any.
  const params: object = operation.params ?? {};
  return Object.entries(params).flatMap(([name, value]) => {
    const parameter = (parameters as Readonly<Record<string, { type: string; values?: readonly unknown[] }>>)[
      name
    ];
    const known = parameter?.values?.includes(value) ?? parameter !== undefined;
    return known ? [] : [`${kind.toLowerCase()}.${name} ${JSON.stringify(value)}`];
  });
}
