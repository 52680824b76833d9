import { AppError } from '../../errors.js';
import { type Conversion, type Curve, srgbToLight } from './light.js';
import { primariesToSrgb } from './matrices.js';
import type { Chromaticities, Chromaticity, SourceColour } from './source-colour.js';

type Cicp = Extract<SourceColour, { kind: 'CICP' }>;

const D65: Chromaticity = [0.3127, 0.329];
const C: Chromaticity = [0.31, 0.316];
const BT709 = primaries(D65, [0.64, 0.33], [0.3, 0.6], [0.15, 0.06]);

/** Primaries by code point (ITU-T H.273, table 2); 2 is "unspecified" and read as sRGB. */
const PRIMARIES: Readonly<Record<number, Chromaticities>> = {
  1: BT709,
  2: BT709,
  4: primaries(C, [0.67, 0.33], [0.21, 0.71], [0.14, 0.08]),
  5: primaries(D65, [0.64, 0.33], [0.29, 0.6], [0.15, 0.06]),
  6: primaries(D65, [0.63, 0.34], [0.31, 0.595], [0.155, 0.07]),
  7: primaries(D65, [0.63, 0.34], [0.31, 0.595], [0.155, 0.07]),
  8: primaries(C, [0.681, 0.319], [0.243, 0.692], [0.145, 0.049]),
  9: primaries(D65, [0.708, 0.292], [0.17, 0.797], [0.131, 0.046]),
  11: primaries([0.314, 0.351], [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]),
  12: primaries(D65, [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]),
  22: primaries(D65, [0.63, 0.34], [0.295, 0.605], [0.155, 0.077]),
};

/**
 * Curves by code point (H.273, table 3). Those of video are treated as sRGB, as in browsers, because they describe
 * the camera, not the screen.
 */
const CURVES: Readonly<Record<number, Curve>> = {
  1: srgbToLight,
  2: srgbToLight,
  4: (sample) => sample ** 2.2,
  5: (sample) => sample ** 2.8,
  6: srgbToLight,
  7: srgbToLight,
  8: (sample) => sample,
  11: srgbToLight,
  12: srgbToLight,
  13: srgbToLight,
  14: srgbToLight,
  15: srgbToLight,
  17: (sample) => (sample ** 2.6 * 52.37) / 48,
};

/** Curves of images that are brighter than a screen's white. */
const HDR: Readonly<Record<number, string>> = { 16: 'PQ', 18: 'HLG' };

/** @throws AppError UNSUPPORTED_MEDIA for HDR and unknown code points */
export function cicpConversion({ primaries: number, transfer }: Cicp): Conversion {
  checkCicp({ primaries: number, transfer });
  const curve = CURVES[transfer] as Curve;
  return { curves: [curve, curve, curve], matrix: primariesToSrgb(PRIMARIES[number] as Chromaticities) };
}

/** @throws AppError UNSUPPORTED_MEDIA for HDR and unknown code points */
export function checkCicp({ primaries: number, transfer }: Omit<Cicp, 'kind'>): void {
  const hdr = HDR[transfer];
  if (hdr) throw unsupported(`is an HDR image (${hdr}); export it as SDR`);
  if (!CURVES[transfer]) throw unsupported(`has an unknown transfer function (${transfer})`);
  if (!PRIMARIES[number]) throw unsupported(`has unknown colour primaries (${number})`);
}

function primaries(
  white: Chromaticity,
  red: Chromaticity,
  green: Chromaticity,
  blue: Chromaticity,
): Chromaticities {
  return { white, red, green, blue };
}

function unsupported(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The file ${what}`);
}
