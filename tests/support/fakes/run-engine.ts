import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import type { ImageEngineName, Operation } from '../../../src/imaging/operation.js';
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
  const source = image instanceof Uint8Array ? image : await tiff(image);
  const { bytes, width, height } = await processImage(source, {
    engine,
    operations: [...operations, TIFF],
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

export const grayscale: Operation = { kind: 'GRAYSCALE', params: {} };
