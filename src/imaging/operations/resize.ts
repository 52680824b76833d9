import { AppError } from '../../errors.js';
import { GRAVITIES, type Gravity, type Size, wholePixels } from '../geometry.js';
import { MAX_SIDE } from '../image-format.js';
import type { OperationSpec } from './operation-spec.js';

export const RESIZE_FITS = ['FILL', 'CONTAIN', 'COVER'] as const;
export type ResizeFit = (typeof RESIZE_FITS)[number];

/** Pixels. With one side only, the aspect ratio is kept. */
export interface ResizeParams {
  width?: number;
  height?: number;
  fit: ResizeFit;
  /** Which part COVER keeps; default: CENTER. */
  gravity?: Gravity;
  /** False: no side of the result is longer than the source's; default: true. */
  enlarge?: boolean;
}

/** Scale to `scaled`, then cut `result` out of it; only COVER cuts. */
export interface ResizePlan {
  scaled: Size;
  result: Size;
}

const SIDE = { type: 'WHOLE', min: 1, max: MAX_SIDE, optional: true } as const;

export const resize: OperationSpec<ResizeParams> = {
  summary: 'Changes width and height.',
  parameters: {
    width: SIDE,
    height: SIDE,
    fit: { type: 'ONE_OF', values: RESIZE_FITS },
    gravity: { type: 'ONE_OF', values: GRAVITIES, optional: true },
    enlarge: { type: 'FLAG', optional: true },
  },
  check({ width, height }, path) {
    if (width === undefined && height === undefined)
      throw AppError.badInput(path, 'must have a width, a height, or both');
  },
  geometry: {
    sizeAfter: (size, params) => resizePlan(size, params).result,
    sizeWithin: (size, params) => resizePlan(size, params).scaled,
    pointAfter(point, size, params, box) {
      const { scaled } = resizePlan(size, params);
      return {
        x: (point.x * scaled.width) / size.width - box.left,
        y: (point.y * scaled.height) / size.height - box.top,
      };
    },
  },
  describe: ({ width, height, fit }) => `resize to ${width ?? 'auto'}x${height ?? 'auto'} (${fit})`,
};

/**
 * How an image is resized. FILL stretches to exactly the requested size; CONTAIN fits the whole image into it,
 * without bars; COVER fills it and cuts off the rest.
 */
export function resizePlan(from: Size, params: ResizeParams): ResizePlan {
  const { fit } = params;
  const box = boxOf(from, params);
  if (fit === 'FILL' || params.width === undefined || params.height === undefined)
    return { scaled: box, result: box };
  const byWidth = box.width / from.width;
  const byHeight = box.height / from.height;
  const factor = fit === 'CONTAIN' ? Math.min(byWidth, byHeight) : Math.max(byWidth, byHeight);
  const scaled = { width: wholePixels(from.width * factor), height: wholePixels(from.height * factor) };
  return { scaled, result: fit === 'CONTAIN' ? scaled : box };
}

/** The box to fill, both sides known; without `enlarge`, no larger than the source. */
function boxOf(from: Size, { width, height, fit, enlarge = true }: ResizeParams): Size {
  const box = {
    width: width ?? wholePixels((from.width * (height ?? 0)) / from.height),
    height: height ?? wholePixels((from.height * (width ?? 0)) / from.width),
  };
  const isLarger = box.width > from.width || box.height > from.height;
  if (enlarge || !isLarger) return box;
  if (fit === 'FILL' && width !== undefined && height !== undefined)
    return { width: Math.min(width, from.width), height: Math.min(height, from.height) };
  const keepsRatioOfSource = width === undefined || height === undefined || fit === 'CONTAIN';
  if (keepsRatioOfSource && isAtLeast(box, from)) return { width: from.width, height: from.height };
  if (fit === 'CONTAIN') return box;
  const factor = Math.min(from.width / box.width, from.height / box.height);
  return { width: wholePixels(box.width * factor), height: wholePixels(box.height * factor) };
}

function isAtLeast(a: Size, b: Size): boolean {
  return a.width >= b.width && a.height >= b.height;
}
