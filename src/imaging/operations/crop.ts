import { AppError } from '../../errors.js';
import { type Box, GRAVITIES, type Gravity, type Point, placeBox, type Size } from '../geometry.js';
import { MAX_SIDE } from '../image-format.js';
import type { OperationSpec } from './operation-spec.js';

/** Pixels. Without x and y, gravity places the box. */
export interface CropParams {
  width: number;
  height: number;
  x?: number;
  y?: number;
  gravity: Gravity;
}

const SIDE = { type: 'WHOLE', min: 1, max: MAX_SIDE } as const;
const OFFSET = { type: 'WHOLE', min: 0, max: MAX_SIDE, optional: true } as const;

export const crop: OperationSpec<CropParams> = {
  summary: 'Cuts out a box.',
  parameters: {
    width: SIDE,
    height: SIDE,
    x: OFFSET,
    y: OFFSET,
    gravity: { type: 'ONE_OF', values: GRAVITIES },
  },
  check({ x, y }, path) {
    if ((x === undefined) === (y === undefined)) return;
    throw AppError.badInput(path, 'must have both x and y, or neither');
  },
  geometry: {
    sizeAfter(size, params, path) {
      checkFits(size, params, path);
      return { width: params.width, height: params.height };
    },
    pointAfter: (point, _size, _params, box) => ({ x: point.x - box.left, y: point.y - box.top }),
  },
  describe: ({ width, height, x, y, gravity }) =>
    `crop to ${width}x${height} at ${x === undefined ? gravity : `${x},${y}`}`,
};

/** The box to cut out; for ATTENTION without x and y the engine finds a better one. */
export function cropBox(size: Size, { width, height, x, y, gravity }: CropParams, focalPoint?: Point): Box {
  if (x !== undefined && y !== undefined) return { left: x, top: y, width, height };
  return placeBox(size, { width, height }, gravity, focalPoint);
}

function checkFits(size: Size, { width, height, x = 0, y = 0 }: CropParams, path: string): void {
  const check = (field: string, length: number, offset: number, side: number) => {
    if (offset + length <= side) return;
    const from = offset > 0 ? ` from ${offset}` : '';
    const message = `${length} pixels${from} exceed the image, which is ${size.width}x${size.height} at this step`;
    throw AppError.badInput(`${path}.${field}`, message);
  };
  check('width', width, x, size.width);
  check('height', height, y, size.height);
}
