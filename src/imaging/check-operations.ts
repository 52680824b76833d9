import { AppError } from '../errors.js';
import type { EngineInfo } from './engine-info.js';
import type { ImageEngineName } from './engine-name.js';
import type { ImageFormat } from './image-format.js';
import type { ImagingLimits } from './limits.js';
import { OPERATION_KINDS, type Operation, operationPath, specOf } from './operation.js';
import { checkParameter } from './operations/parameter.js';

/**
 * Checks the parameters of a pipeline before any work.
 *
 * @throws AppError BAD_USER_INPUT for the first parameter out of its bounds, naming it by its path, such as
 * `input.operations[2].blur.sigma`, and the bounds
 */
export function checkOperations(operations: readonly Operation[], limits: ImagingLimits): void {
  const count = { type: 'NUMBER', min: 1, max: limits.maxOperations, unit: ' operations' } as const;
  checkParameter('input.operations', count, operations.length);
  for (const [index, operation] of operations.entries()) {
    checkParameter(operationPath(index), { type: 'ONE_OF', values: OPERATION_KINDS }, operation.kind);
    const spec = specOf(operation);
    const path = operationPath(index, operation.kind);
    const values: Readonly<Record<string, unknown>> = { ...operation.params };
    for (const [name, parameter] of Object.entries(spec.parameters))
      checkParameter(`${path}.${name}`, parameter, values[name]);
    spec.check?.(operation.params, path);
  }
}

/**
 * Checks that an engine reads the source and writes what the pipeline converts to.
 *
 * @throws AppError BAD_USER_INPUT that names the field and the engines that support it
 */
export function checkEngine(
  engine: ImageEngineName,
  source: ImageFormat,
  operations: readonly Operation[],
  engines: readonly EngineInfo[],
): void {
  const able = (direction: 'reads' | 'writes', format: ImageFormat) =>
    engines.filter((info) => info[direction].includes(format)).map((info) => info.engine);
  const check = (direction: 'reads' | 'writes', format: ImageFormat, field: string) => {
    const can = able(direction, format);
    if (can.includes(engine)) return;
    const verb = direction === 'reads' ? 'read' : 'write';
    const others = can.length > 0 ? `${can.join(' and ')} can` : 'no engine here can';
    throw AppError.badInput(field, `${engine} cannot ${verb} ${format}; ${others}`, { engines: can });
  };
  check('reads', source, 'input.engine');
  for (const [index, operation] of operations.entries()) {
    if (operation.kind === 'CONVERT')
      check('writes', operation.params.format, `${operationPath(index, 'CONVERT')}.format`);
  }
}
