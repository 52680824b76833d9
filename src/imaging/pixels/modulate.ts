import type { ModulateParams } from '../operations/modulate.js';
import type { Raster } from './raster.js';

/** Weights of red, green and blue in the luma, which saturation and hue preserve. */
const LUMA = [0.213, 0.715, 0.072] as const;
/** Matrix of the hue rotation at 90 degrees, row by row. */
const HUE_SINE = [
  [-0.213, -0.715, 0.928],
  [0.143, 0.14, -0.283],
  [-0.787, 0.715, 0.072],
] as const;

type Matrix = readonly (readonly number[])[];

/**
 * Changes brightness, contrast, saturation and hue by the matrices of the CSS filters of the same names (W3C: Filter
 * Effects Module Level 1, section 9), in this order and rounded once, at the end. Alpha stays. In place; grey stays grey.
 */
export function modulate({ data, channels }: Raster, params: ModulateParams): void {
  const { brightness, contrast } = params;
  const scale = brightness * contrast;
  const offset = 127.5 * (1 - contrast);
  if (channels < 3) {
    for (let i = 0; i < data.length; i += channels) data[i] = clamped((data[i] as number) * scale + offset);
    return;
  }
  const matrix = colourMatrix(params);
  const [r, g, b] = matrix.map((row) => row.map((weight) => weight * scale)) as unknown as [Row, Row, Row];
  for (let i = 0; i < data.length; i += channels) {
    const red = data[i] as number;
    const green = data[i + 1] as number;
    const blue = data[i + 2] as number;
    data[i] = clamped(r[0] * red + r[1] * green + r[2] * blue + offset);
    data[i + 1] = clamped(g[0] * red + g[1] * green + g[2] * blue + offset);
    data[i + 2] = clamped(b[0] * red + b[1] * green + b[2] * blue + offset);
  }
}

type Row = readonly [number, number, number];

/** Saturation, then hue; the rows of both sum to 1, so that greys stay as they are. */
function colourMatrix({ saturation, hue }: ModulateParams): Matrix {
  const angle = (hue * Math.PI) / 180;
  const blend = (i: number, j: number, share: number) =>
    (LUMA[j] as number) * (1 - share) + (i === j ? share : 0);
  const saturate = square((i, j) => blend(i, j, saturation));
  const turn = square(
    (i, j) => blend(i, j, Math.cos(angle)) + ((HUE_SINE[i] as Row)[j] as number) * Math.sin(angle),
  );
  return square((i, j) =>
    [0, 1, 2].reduce((sum, k) => sum + (turn[i]?.[k] as number) * (saturate[k]?.[j] as number), 0),
  );
}

function square(value: (row: number, column: number) => number): Matrix {
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => value(i, j)));
}

function clamped(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
}
