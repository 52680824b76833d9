import { AppError } from '../errors.js';
import type { EngineInfo } from './engine-info.js';
import type { ImagingLimits } from './limits.js';
import {
  IMAGE_FORMATS,
  type ImageEngineName,
  type ImageFormat,
  OPERATION_KINDS,
  type Operation,
  RESIZE_FITS,
  WATERMARK_POSITIONS,
} from './operation.js';
import { MAX_SIDE } from './output-size.js';
import { undrawable } from './pixels/watermark-font.js';

/** The bounds of every parameter: for the checks, and for whoever describes them. */
export const BOUNDS = {
  side: { min: 1, max: MAX_SIDE },
  sigma: { min: 0.3, max: 100 },
  amount: { min: 0, max: 10 },
  degrees: { min: -360, max: 360 },
  textLength: { min: 1, max: 100 },
  opacity: { min: 0, max: 1 },
  quality: { min: 1, max: 100 },
} as const;

const HEX_COLOUR = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;

/**
 * Checks a chain of operations before any work.
 *
 * @throws AppError BAD_USER_INPUT for the first parameter out of its range, naming it by its path, such as
 * `operations[2].blur.sigma`, and the range
 */
export function checkOperations(operations: readonly Operation[], limits: ImagingLimits): void {
  inRange('operations', operations.length, { min: 1, max: limits.maxOperations }, ' operations');
  for (const [i, operation] of operations.entries()) {
    oneOf(`operations[${i}]`, operation.kind, OPERATION_KINDS);
    checkOperation(operation, `operations[${i}].${operation.kind.toLowerCase()}`);
  }
}

/**
 * Checks that an engine reads the source and writes what the chain converts to.
 *
 * @throws AppError BAD_USER_INPUT naming the field and the engines that can
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
  check('reads', source, 'engine');
  for (const [i, operation] of operations.entries()) {
    if (operation.kind === 'CONVERT')
      check('writes', operation.params.format, `operations[${i}].convert.format`);
  }
}

function checkOperation(operation: Operation, path: string): void {
  switch (operation.kind) {
    case 'RESIZE': {
      const { width, height, fit } = operation.params;
      if (width === undefined && height === undefined) {
        throw AppError.badInput(path, 'must have a width, a height, or both');
      }
      if (width !== undefined) wholeInRange(`${path}.width`, width, BOUNDS.side);
      if (height !== undefined) wholeInRange(`${path}.height`, height, BOUNDS.side);
      oneOf(`${path}.fit`, fit, RESIZE_FITS);
      break;
    }
    case 'BLUR':
      inRange(`${path}.sigma`, operation.params.sigma, BOUNDS.sigma, ' pixels');
      break;
    case 'SHARPEN':
      inRange(`${path}.amount`, operation.params.amount, BOUNDS.amount);
      break;
    case 'ROTATE': {
      const { degrees, background } = operation.params;
      inRange(`${path}.degrees`, degrees, BOUNDS.degrees);
      if (!HEX_COLOUR.test(background)) {
        throw AppError.badInput(`${path}.background`, 'must be a colour as #RRGGBB or #RRGGBBAA');
      }
      break;
    }
    case 'WATERMARK': {
      const { text, position, opacity } = operation.params;
      checkText(`${path}.text`, text);
      oneOf(`${path}.position`, position, WATERMARK_POSITIONS);
      inRange(`${path}.opacity`, opacity, BOUNDS.opacity);
      break;
    }
    case 'CONVERT': {
      const { format, quality } = operation.params;
      oneOf(`${path}.format`, format, IMAGE_FORMATS);
      if (quality !== undefined) wholeInRange(`${path}.quality`, quality, BOUNDS.quality);
      break;
    }
    case 'GRAYSCALE':
      break;
  }
}

function checkText(field: string, text: string): void {
  const length = [...text].length;
  inRange(field, length, BOUNDS.textLength, ' characters');
  const unknown = undrawable(text);
  if (unknown.length > 0) {
    const list = unknown.map((character) => JSON.stringify(character)).join(', ');
    throw AppError.badInput(field, `the font has no ${list}; it has the characters of Latin-1`);
  }
}

interface Range {
  min: number;
  max: number;
}

/** Refuses NaN and infinities as well: they are in no range. */
function inRange(field: string, value: number, { min, max }: Range, unit = ''): void {
  if (!(value >= min && value <= max)) {
    throw AppError.badInput(field, `must be ${min} to ${max}${unit}`, { min, max });
  }
}

function wholeInRange(field: string, value: number, { min, max }: Range): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw AppError.badInput(field, `must be a whole number, ${min} to ${max}`, { min, max });
  }
}

function oneOf(field: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw AppError.badInput(field, `must be one of ${allowed.join(', ')}`);
}
