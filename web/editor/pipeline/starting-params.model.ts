/** The values that a new step starts with: the server accepts them at its place in the pipeline. */
import { FORMATS } from '../../../src/imaging/image-format.js';
import type { ImageFormat, OperationKind } from '../../api/generated/graphql.js';
import { factsOf, type Params } from './operations.model.js';
import type { Place } from './place.model.js';

/** Values that show at once what an operation does; the other parameters start with their defaults. */
const STARTING: Readonly<Record<OperationKind, (place: Place) => Params>> = {
  RESIZE: ({ width }) => ({ width: atLeastOne(Math.min(800, width / 2)) }),
  CROP: ({ width, height }) => ({ width: atLeastOne(width * 0.6), height: atLeastOne(height * 0.6) }),
  BLUR: () => ({ sigma: 4 }),
  SHARPEN: () => ({ amount: 2 }),
  GRAYSCALE: () => ({}),
  ROTATE: () => ({ degrees: 90 }),
  FLIP: () => ({}),
  MODULATE: () => ({ saturation: 1.5 }),
  WATERMARK: () => ({ text: '© nogil-bench' }),
  TRIM: () => ({}),
  EXTEND: border,
  CONVERT: (place) => ({ format: startingFormat(place) }),
};

/** Formats of the web, the smaller files first. */
const PREFERRED: readonly ImageFormat[] = ['WEBP', 'JPEG', 'PNG'];
/** Share of the longer side that a border has. */
const BORDER = 0.03;

/** The parameters of a new step. */
export function startingParams(kind: OperationKind, place: Place): Params {
  const defaults = Object.entries(factsOf(kind).parameters).flatMap(([name, { initial }]) =>
    initial === undefined ? [] : [[name, initial] as const],
  );
  return { ...Object.fromEntries(defaults), ...STARTING[kind](place) };
}

/** Whether the values of a step depend on a size that is not known yet. */
export function isWaiting(kind: OperationKind, { isExact }: Place): boolean {
  return kind === 'CROP' && !isExact;
}

/** A format that every engine writes, at the size of the image. */
function startingFormat({ width, height, formats }: Place): ImageFormat {
  const side = Math.max(width, height);
  const fits = (format: ImageFormat) => formats.includes(format) && side <= FORMATS[format].maxSide;
  return PREFERRED.find(fits) ?? 'PNG';
}

/** A border on each side; thinner where the image is about as large as an image may be. */
function border(place: Place): Params {
  let pixels = atLeastOne(Math.max(place.width, place.height) * BORDER);
  while (pixels > 0 && !hasRoomFor(place, pixels)) pixels = Math.floor(pixels / 2);
  return { top: pixels, right: pixels, bottom: pixels, left: pixels, background: '#ffffff' };
}

function hasRoomFor({ width, height, frames, format, limits }: Place, border: number): boolean {
  const size = { width: width + 2 * border, height: height + 2 * border };
  const pixels = size.width * size.height;
  if (Math.max(size.width, size.height) > FORMATS[format].maxSide) return false;
  return pixels <= limits.maxPixels && (frames === 1 || pixels * frames <= limits.maxAnimationPixels);
}

const atLeastOne = (side: number): number => Math.max(1, Math.round(side));
