import type { ImageEngineName } from '../../../src/imaging/engine-name.js';
import type { Gravity, Point } from '../../../src/imaging/geometry.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { Operation, ParamsOf } from '../../../src/imaging/operation.js';
import type { FlipAxis } from '../../../src/imaging/operations/flip.js';
import type { ResizeFit } from '../../../src/imaging/operations/resize.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { decode, type Pixels, tiff } from '../images/test-images.js';

// Lossless, and fast in both engines.
const TIFF: Operation = { kind: 'CONVERT', params: { format: 'TIFF' } };

/** Runs operations on pixels and returns the resulting pixels, without lossy encoding in between. */
export async function run(
  engine: ImageEngineName,
  image: Pixels | Uint8Array,
  ...operations: Operation[]
): Promise<Pixels> {
  return runWithFocalPoint(engine, image, undefined, ...operations);
}

/** Like {@link run}, of an image with a focal point (shares of its width and height). */
export async function runWithFocalPoint(
  engine: ImageEngineName,
  image: Pixels | Uint8Array,
  focalPoint: Point | undefined,
  ...operations: Operation[]
): Promise<Pixels> {
  const source = image instanceof Uint8Array ? image : await tiff(image);
  const { bytes, width, height } = await processImage(source, {
    engine,
    operations: [...operations, TIFF],
    ...(focalPoint && { focalPoint }),
    limits: DEFAULT_IMAGING_LIMITS,
  });
  const pixels = await decode(bytes);
  if (pixels.width !== width || pixels.height !== height) throw new Error('The reported size is wrong');
  return pixels;
}

export function resize(
  width: number | undefined,
  height: number | undefined,
  fit: ResizeFit = 'FILL',
): Operation {
  return { kind: 'RESIZE', params: { ...(width && { width }), ...(height && { height }), fit } };
}

export function rotate(degrees: number, background = '#00000000'): Operation {
  return { kind: 'ROTATE', params: { degrees, background } };
}

export function blur(sigma: number): Operation {
  return { kind: 'BLUR', params: { sigma } };
}

export function sharpen(amount: number): Operation {
  return { kind: 'SHARPEN', params: { amount } };
}

export function crop(params: Omit<ParamsOf<'CROP'>, 'gravity'> & { gravity?: Gravity }): Operation {
  return { kind: 'CROP', params: { gravity: 'CENTER', ...params } };
}

export function flip(axis: FlipAxis): Operation {
  return { kind: 'FLIP', params: { axis } };
}

export function trim(threshold = 10): Operation {
  return { kind: 'TRIM', params: { threshold } };
}

export function extend(params: Partial<ParamsOf<'EXTEND'>>): Operation {
  const none = { top: 0, right: 0, bottom: 0, left: 0, background: '#00000000' };
  return { kind: 'EXTEND', params: { ...none, ...params } };
}

export function modulate(params: Partial<ParamsOf<'MODULATE'>>): Operation {
  return { kind: 'MODULATE', params: { brightness: 1, saturation: 1, contrast: 1, hue: 0, ...params } };
}

export const grayscale: Operation = { kind: 'GRAYSCALE', params: {} };
