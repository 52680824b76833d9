import fc from 'fast-check';
import { AppError } from '../../src/errors.js';
import type { ImageEngineName } from '../../src/imaging/engine-name.js';
import { GRAVITIES } from '../../src/imaging/geometry.js';
import { IMAGE_FORMATS } from '../../src/imaging/image-format.js';
import type { Operation, OperationKind } from '../../src/imaging/operation.js';
import { FLIP_AXES } from '../../src/imaging/operations/flip.js';
import { RESIZE_FITS } from '../../src/imaging/operations/resize.js';
import { WATERMARK_POSITIONS } from '../../src/imaging/operations/watermark.js';
import { processImage } from '../../src/imaging/process-image.js';

const LIMITS = { maxPixels: 40_000, maxFrames: 10, maxAnimationPixels: 80_000, maxOperations: 4 };
const REFUSALS = ['BAD_USER_INPUT', 'LIMIT_EXCEEDED'];

/** A value in its range or, at the given rate, an invalid value that clients send. */
const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<unknown>, oneIn = 12) =>
  fc.oneof({ weight: oneIn - 1, arbitrary: usual }, { weight: 1, arbitrary: odd });
const range = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const number = (usual: fc.Arbitrary<number>) =>
  mostly(
    usual,
    fc.oneof(
      fc.double(),
      fc.constantFrom(
        ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 5e-324, 0.299, 100.1],
        ...[2 ** 31, 2 ** 53, 1e308, 65_535, 65_536, -1, 0.5],
      ),
    ),
  );
const side = number(fc.integer({ min: 1, max: 300 }));
const latin = fc.string({ unit: fc.constantFrom(...'Aj é©{}1 '), minLength: 1, maxLength: 40 });
const text = mostly(
  latin,
  fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.constantFrom('', 'a\nb', '\0', '𝒳')),
);
const colour = mostly(
  fc.constantFrom('#000000', '#ffffff80', '#12345678'),
  fc.constantFrom('#12345', 'red', '#GGGGGG', ''),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const whole = number(fc.integer({ min: 0, max: 60 }));
const gravity = mostly(fc.constantFrom(...GRAVITIES), fc.constant('MIDDLE'), 40);

const params: Record<OperationKind, fc.Arbitrary<object>> = {
  RESIZE: fc.record(
    {
      width: mostly(side, fc.constant(undefined), 3),
      height: mostly(side, fc.constant(undefined), 3),
      fit: mostly(fc.constantFrom(...RESIZE_FITS), fc.constant('SIDEWAYS'), 40),
      gravity,
      enlarge: mostly(fc.boolean(), fc.constant('yes'), 40),
    },
    { requiredKeys: ['fit', 'width'] },
  ),
  BLUR: fc.record({ sigma: number(range(0.3, 100)) }),
  SHARPEN: fc.record({ amount: number(range(0, 10)) }),
  GRAYSCALE: fc.constant({}),
  ROTATE: fc.record({
    degrees: number(fc.oneof(range(-360, 360), fc.constantFrom(-360, -90, 0, 45, 89.999_999, 90, 180, 270))),
    background: colour,
  }),
  WATERMARK: fc.record({
    text,
    position: mostly(fc.constantFrom(...WATERMARK_POSITIONS), fc.constant('MIDDLE'), 40),
    opacity: number(range(0, 1)),
  }),
  CONVERT: fc.record(
    {
      format: mostly(fc.constantFrom(...IMAGE_FORMATS), fc.constant('SVG'), 40),
      quality: optional(number(fc.integer({ min: 1, max: 100 }))),
    },
    { requiredKeys: ['format'] },
  ),
  CROP: fc.record({ width: side, height: side, x: optional(whole), y: optional(whole), gravity }),
  FLIP: fc.record({ axis: mostly(fc.constantFrom(...FLIP_AXES), fc.constant('DIAGONAL'), 40) }),
  TRIM: fc.record({ threshold: number(range(0, 255)) }),
  EXTEND: fc.record({ top: whole, right: whole, bottom: whole, left: whole, background: colour }),
  MODULATE: fc.record({
    brightness: number(range(0, 10)),
    saturation: number(range(0, 10)),
    contrast: number(range(0, 10)),
    hue: number(range(-360, 360)),
  }),
};

/** A pipeline in which any parameter may be absurd. */
const chains = fc.array(
  fc.oneof(...Object.entries(params).map(([kind, some]) => some.map((values) => ({ kind, params: values })))),
  { minLength: 1, maxLength: LIMITS.maxOperations + 1 },
) as fc.Arbitrary<Operation[]>;

/**
 * For all parameters, both engines return an image within the limits or an error that says what is wrong
 * with which field or limit.
 */
export function operationProperty(source: Uint8Array) {
  const engines = fc.constantFrom<ImageEngineName>('JIMP', 'SHARP');
  return fc.asyncProperty(engines, chains, async (engine, operations) => {
    try {
      const { width, height } = await processImage(source, { engine, operations, limits: LIMITS });
      if (!(width >= 1 && height >= 1 && width * height <= LIMITS.maxPixels)) {
        throw new Error(`An image of ${width}x${height}`);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, details } = error;
      const told =
        code === 'LIMIT_EXCEEDED' ? typeof details.asked === 'number' : typeof details.field === 'string';
      if (!REFUSALS.includes(code) || !told)
        throw new Error(`${code} ${error.message}`, { cause: error.cause });
    }
  });
}
