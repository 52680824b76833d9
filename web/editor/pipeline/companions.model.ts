/** Parameters that the server takes only together with others, or not beside others. */
import { FORMATS } from '../../../src/imaging/image-format.js';
import type { ImageFormat, OperationKind } from '../../api/generated/graphql.js';
import type { Params } from './operations.model.js';

/** Completes the parameters of a step after one of them has changed. */
type Completion = (params: Params, changed: string, before: Params) => Params;

const unchanged: Completion = (params) => params;

const COMPLETIONS: Readonly<Record<OperationKind, Completion>> = {
  // One side at least: the last one cannot be removed.
  RESIZE: (params, _changed, before) => ('width' in params || 'height' in params ? params : before),
  // A box is placed by both x and y, or by neither.
  CROP(params, changed) {
    if ('x' in params === 'y' in params) return params;
    const { x: _x, y: _y, ...rest } = params;
    return changed in params ? { x: 0, y: 0, ...params } : rest;
  },
  CONVERT(params) {
    const { maxBytes: _maxBytes, ...rest } = params;
    return FORMATS[params.format as ImageFormat]?.lossy === false ? rest : params;
  },
  BLUR: unchanged,
  SHARPEN: unchanged,
  GRAYSCALE: unchanged,
  ROTATE: unchanged,
  WATERMARK: unchanged,
  FLIP: unchanged,
  TRIM: unchanged,
  EXTEND: unchanged,
  MODULATE: unchanged,
};

/**
 * Returns the parameters of a step after a change, so that the server accepts them together.
 *
 * @param changed name of the parameter that was changed
 * @param before the parameters before the change
 */
export function completed(kind: OperationKind, params: Params, changed: string, before: Params): Params {
  return COMPLETIONS[kind](params, changed, before);
}

/** Whether a parameter has an effect beside the others of its step. */
const APPLIES: Partial<Record<OperationKind, Readonly<Record<string, (params: Params) => boolean>>>> = {
  RESIZE: {
    fit: ({ width, height }) => width !== undefined && height !== undefined,
    gravity: ({ width, height, fit }) => width !== undefined && height !== undefined && fit === 'COVER',
  },
  CROP: { gravity: ({ x }) => x === undefined },
  CONVERT: { quality: isLossy, maxBytes: isLossy },
};

export function applies(kind: OperationKind, name: string, params: Params): boolean {
  return APPLIES[kind]?.[name]?.(params) ?? true;
}

function isLossy({ format }: Params): boolean {
  return FORMATS[format as ImageFormat]?.lossy ?? true;
}
