import type { Chromaticities, Chromaticity } from './source-colour.js';

export type Vector = readonly [number, number, number];
export type Matrix = readonly [Vector, Vector, Vector];

/** From XYZ under D50, in which profiles are written, to the light of the sRGB primaries (Lindbloom). */
export const XYZ_D50_TO_SRGB: Matrix = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
];

export const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

const D50: Vector = [0.96422, 1, 0.82521];
/** Bradford's cone responses (ICC.1:2022, annex E). */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** Returns the matrix from linear light of the given primaries to that of sRGB, each under its own white point. */
export function primariesToSrgb(chromaticities: Chromaticities): Matrix {
  return product(XYZ_D50_TO_SRGB, product(adaptation(xyzOf(chromaticities.white)), toXyz(chromaticities)));
}

/** From light of the primaries to XYZ under their own white (Lindbloom). */
function toXyz({ white, red, green, blue }: Chromaticities): Matrix {
  const [r, g, b] = [xyzOf(red), xyzOf(green), xyzOf(blue)];
  const columns: Matrix = [
    [r[0], g[0], b[0]],
    [r[1], g[1], b[1]],
    [r[2], g[2], b[2]],
  ];
  const scale = transform(inverse(columns), xyzOf(white));
  return columns.map(([x, y, z]) => [x * scale[0], y * scale[1], z * scale[2]]) as unknown as Matrix;
}

function adaptation(white: Vector): Matrix {
  const from = transform(BRADFORD, white);
  const to = transform(BRADFORD, D50);
  const scaled = BRADFORD.map((row, i) =>
    row.map((value) => (value * (to[i] as number)) / (from[i] as number)),
  ) as unknown as Matrix;
  return product(inverse(BRADFORD), scaled);
}

function xyzOf([x, y]: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y];
}

export function transform(matrix: Matrix, [x, y, z]: Vector): Vector {
  return matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Vector;
}

export function product(left: Matrix, right: Matrix): Matrix {
  const columns = [0, 1, 2].map((c) => transform(left, right.map((row) => row[c]) as unknown as Vector));
  return [0, 1, 2].map((r) => columns.map((column) => column[r])) as unknown as Matrix;
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  const rows = [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return rows.map((row) => row.map((value) => value / determinant)) as unknown as Matrix;
}
