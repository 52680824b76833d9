/** Where a new step is added: the image that it gets, and what its result has to fit. */
import type { Size } from '../../../src/imaging/geometry.js';
import { FORMATS } from '../../../src/imaging/image-format.js';
import { crop } from '../../../src/imaging/operations/crop.js';
import { extend } from '../../../src/imaging/operations/extend.js';
import type { Geometry } from '../../../src/imaging/operations/operation-spec.js';
import { resize } from '../../../src/imaging/operations/resize.js';
import { rotate } from '../../../src/imaging/operations/rotate.js';
import type { ImageEngine, ImageFormat, OperationKind } from '../../api/generated/graphql.js';
import type { Step } from './pipeline.model.js';

/** What the editor knows about an image before it is processed. */
export interface SourceImage extends Size {
  format: ImageFormat;
  frames: number;
}

/** Formats that an engine of the server reads and writes. */
export interface EngineAbilities {
  engine: ImageEngine;
  reads: readonly ImageFormat[];
  writes: readonly ImageFormat[];
}

/** Limits of every result. */
export interface PixelLimits {
  maxPixels: number;
  maxAnimationPixels: number;
}

export interface Place extends Size {
  /** False after a TRIM whose result is not known yet: the size is then the largest that is possible. */
  isExact: boolean;
  /** Frames that the result has at most. */
  frames: number;
  /** Format of the result. */
  format: ImageFormat;
  /** Formats that all engines write that read the source. */
  formats: readonly ImageFormat[];
  limits: PixelLimits;
}

type Operation = Pick<Step, 'kind' | 'params'>;

/** How operations change the size, by the server's code; undefined: not at all, or, after TRIM, by the pixels. */
const GEOMETRIES: Readonly<Record<OperationKind, Geometry<never> | undefined>> = {
  RESIZE: resize.geometry,
  CROP: crop.geometry,
  ROTATE: rotate.geometry,
  EXTEND: extend.geometry,
  TRIM: undefined,
  BLUR: undefined,
  SHARPEN: undefined,
  GRAYSCALE: undefined,
  FLIP: undefined,
  MODULATE: undefined,
  WATERMARK: undefined,
  CONVERT: undefined,
};

/** Returns the size before each step and after the last one. A step that does not fit its image changes nothing. */
export function sizesAlong(source: Size, operations: readonly Operation[]): Size[] {
  const sizes: Size[] = [{ width: source.width, height: source.height }];
  let size = source;
  for (const { kind, params } of operations) {
    size = sizeAfter(size, GEOMETRIES[kind], params);
    sizes.push(size);
  }
  return sizes;
}

function sizeAfter(size: Size, geometry: Geometry<never> | undefined, params: Step['params']): Size {
  try {
    return geometry?.sizeAfter(size, params as never, '') ?? size;
  } catch {
    return size;
  }
}

/**
 * Returns the place at the end of a pipeline.
 *
 * @param results sizes of its results, as far as they are known
 */
export function placeAfter(
  source: SourceImage,
  operations: readonly Operation[],
  engines: readonly EngineAbilities[],
  limits: PixelLimits,
  results: readonly Size[],
): Place {
  const computed = sizesAlong(source, operations).at(-1) ?? source;
  const isTrimmed = operations.some(({ kind }) => kind === 'TRIM');
  // The engines can decode, and so trim, a little differently.
  const sizes = isTrimmed ? [computed, ...results] : [computed];
  const format = formatsOf(operations).at(-1) ?? source.format;
  const able = engines.filter(({ reads }) => reads.includes(source.format));
  const isAnimated = FORMATS[source.format].animated && FORMATS[format].animated;
  return {
    width: Math.min(...sizes.map(({ width }) => width)),
    height: Math.min(...sizes.map(({ height }) => height)),
    isExact: !isTrimmed || results.length > 0,
    frames: isAnimated ? source.frames : 1,
    format,
    formats: (able[0]?.writes ?? []).filter((one) => able.every(({ writes }) => writes.includes(one))),
    limits,
  };
}

/** Says why an engine cannot compute a pipeline; empty if it can. */
export function inability(
  { engine, reads, writes }: EngineAbilities,
  source: ImageFormat,
  operations: readonly Operation[],
): string {
  if (!reads.includes(source)) return `${engine} cannot read ${source}.`;
  const unwritten = formatsOf(operations).find((format) => !writes.includes(format));
  return unwritten ? `${engine} cannot write ${unwritten}.` : '';
}

/** Returns the engine that is chosen at first: the native one where it reads the image. */
export function startingEngine(engines: readonly EngineAbilities[], source: ImageFormat): ImageEngine {
  const able = engines.filter(({ reads }) => reads.includes(source)).map(({ engine }) => engine);
  return able.includes('SHARP') ? 'SHARP' : (able[0] ?? 'SHARP');
}

/** Formats that the pipeline converts to, in its order. */
function formatsOf(operations: readonly Operation[]): ImageFormat[] {
  return operations.flatMap(({ kind, params }) => (kind === 'CONVERT' ? [params.format as ImageFormat] : []));
}
