import type { ColourSpace, ImageHeader } from '../headers/image-header.js';
import type { DeepRaster, RgbaRaster } from '../pixels/raster.js';
import { LIGHT_STEPS, linearToSrgb } from '../pixels/srgb.js';
import { cicpConversion } from './cicp.js';
import { iccConversion } from './icc-profile.js';
import { type Conversion, type Curve, srgbToLight } from './light.js';
import { IDENTITY, type Matrix, primariesToSrgb } from './matrices.js';
import type { SourceColour } from './source-colour.js';

/** Fields of a header that conversions use. */
export type ImageColours = Pick<ImageHeader, 'colour' | 'space'>;

/** Test samples that show whether a conversion changes anything. */
const PROBES = [0, 32, 64, 128, 192, 255];

/**
 * Returns the conversion of an image's colours to sRGB; undefined if they are sRGB already or cannot be converted
 * here: by table-based profiles (printers), or by profiles of another colour space than the image's.
 */
export function conversionOf({ colour, space }: ImageColours): Conversion | undefined {
  const conversion = colour && anyConversion(colour, space);
  return conversion && !isSrgb(conversion) ? conversion : undefined;
}

function anyConversion(colour: SourceColour, space: ColourSpace): Conversion | undefined {
  switch (colour.kind) {
    case 'ICC':
      return iccConversion(colour.profile, space);
    case 'CICP':
      return cicpConversion(colour);
    case 'GAMMA': {
      const { exponent, chromaticities } = colour;
      const curve: Curve = exponent === undefined ? srgbToLight : (sample) => sample ** exponent;
      const matrix = chromaticities ? primariesToSrgb(chromaticities) : IDENTITY;
      return { curves: [curve, curve, curve], matrix };
    }
    default:
      return colour satisfies never;
  }
}

/** Converts 8-bit pixels in place; returns new 8-bit pixels for 16-bit ones. */
export function convertToSrgb(raster: RgbaRaster | DeepRaster, conversion: Conversion): RgbaRaster {
  const { data, width, height } = raster;
  const greatest = data instanceof Uint16Array ? 65_535 : 255;
  const out = data instanceof Uint16Array ? new Uint8Array(data.length) : data;
  const [red, green, blue] = tables(conversion, greatest);
  const [[rr, rg, rb], [gr, gg, gb], [br, bg, bb]] = scaled(conversion.matrix);
  for (let i = 0; i < data.length; i += 4) {
    const r = red[data[i] as number] as number;
    const g = green[data[i + 1] as number] as number;
    const b = blue[data[i + 2] as number] as number;
    out[i] = linearToSrgb(rr * r + rg * g + rb * b);
    out[i + 1] = linearToSrgb(gr * r + gg * g + gb * b);
    out[i + 2] = linearToSrgb(br * r + bg * g + bb * b);
    out[i + 3] = greatest === 255 ? (data[i + 3] as number) : (data[i + 3] as number) >> 8;
  }
  return { data: out, width, height, channels: 4 };
}

function tables(
  { curves }: Conversion,
  greatest: number,
): readonly [Float32Array, Float32Array, Float32Array] {
  const table = (curve: Curve) => Float32Array.from({ length: greatest + 1 }, (_, i) => curve(i / greatest));
  const first = table(curves[0]);
  const of = (curve: Curve) => (curve === curves[0] ? first : table(curve));
  return [first, of(curves[1]), of(curves[2])];
}

function scaled(matrix: Matrix): Matrix {
  return matrix.map((row) => row.map((factor) => factor * LIGHT_STEPS)) as unknown as Matrix;
}

function isSrgb(conversion: Conversion): boolean {
  const colours = PROBES.flatMap((a) => PROBES.map((b) => [a, b, 255 - a, 255]));
  const data = Uint8Array.from(colours.flat());
  const converted = convertToSrgb(
    { data: data.slice(), width: colours.length, height: 1, channels: 4 },
    conversion,
  );
  return converted.data.every((value, i) => Math.abs(value - (data[i] as number)) <= 1);
}
