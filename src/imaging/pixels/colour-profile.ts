import { ByteReader } from '../headers/byte-reader.js';
import type { RgbaRaster } from './raster.js';
import { LIGHT_STEPS, linearToSrgb } from './srgb.js';

/** From XYZ under D50, in which profiles are written, to the light of the sRGB primaries (Lindbloom). */
const XYZ_TO_SRGB = [
  [3.1338561, -1.6168667, -0.4906146],
  [-0.9787684, 1.9161415, 0.033454],
  [0.0719453, -0.2289914, 1.4052427],
] as const;

const FIXED_POINT = 65_536;
/** Sample values whose result tells whether a profile is sRGB under another name. */
const PROBES = [0, 32, 64, 128, 192, 255];

/** How values of a profile become light: a curve for each channel, then a matrix. */
interface Conversion {
  curves: readonly [Float32Array, Float32Array, Float32Array];
  matrix: readonly (readonly number[])[];
}

/**
 * Brings colours to sRGB, in place, where the embedded ICC profile is of the kind that cameras, phones and
 * screens have: a curve for each channel and a matrix, or one curve for grey. Profiles made of tables (printers,
 * CMYK) are beyond it, and those images stay as they are decoded.
 */
export function convertToSrgb(raster: RgbaRaster, profile: Uint8Array): RgbaRaster {
  const conversion = readProfile(profile);
  if (!conversion || isSrgb(conversion)) return raster;
  const { data } = raster;
  for (let i = 0; i < data.length; i += 4) convert(conversion, data, i);
  return raster;
}

function convert({ curves, matrix }: Conversion, data: Uint8Array, i: number): void {
  const red = curves[0][data[i] as number] as number;
  const green = curves[1][data[i + 1] as number] as number;
  const blue = curves[2][data[i + 2] as number] as number;
  for (let c = 0; c < 3; c++) {
    const [r, g, b] = matrix[c] as readonly [number, number, number];
    data[i + c] = linearToSrgb((r * red + g * green + b * blue) * LIGHT_STEPS);
  }
}

function isSrgb({ curves, matrix }: Conversion): boolean {
  const colours = PROBES.flatMap((a) => PROBES.map((b) => Uint8Array.of(a, b, 255 - a)));
  return colours.every((colour) => {
    const converted = colour.slice();
    convert({ curves, matrix }, converted, 0);
    return converted.every((value, c) => Math.abs(value - (colour[c] as number)) <= 1);
  });
}

/** Undefined for profiles of other kinds and for damaged ones. */
function readProfile(profile: Uint8Array): Conversion | undefined {
  try {
    const reader = new ByteReader(profile);
    const tags = new Map<string, number>();
    for (let i = 0; i < Math.min(reader.u32(128), 100); i++) {
      tags.set(reader.ascii(132 + i * 12, 4), reader.u32(136 + i * 12));
    }
    const space = reader.ascii(16, 4);
    if (space === 'GRAY') return greyConversion(reader, tags);
    return space === 'RGB ' && reader.ascii(20, 4) === 'XYZ ' ? rgbConversion(reader, tags) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function rgbConversion(reader: ByteReader, tags: Map<string, number>): Conversion | undefined {
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => xyz(reader, tags.get(name)));
  const [r, g, b] = ['rTRC', 'gTRC', 'bTRC'].map((name) => curve(reader, tags.get(name)));
  if (!red || !green || !blue || !r || !g || !b) return undefined;
  const matrix = XYZ_TO_SRGB.map((row) =>
    [red, green, blue].map((primary) =>
      row.reduce((sum, factor, i) => sum + factor * (primary[i] as number), 0),
    ),
  );
  return { curves: [r, g, b], matrix };
}

function greyConversion(reader: ByteReader, tags: Map<string, number>): Conversion | undefined {
  const grey = curve(reader, tags.get('kTRC'));
  if (!grey) return undefined;
  const same = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  return { curves: [grey, grey, grey], matrix: same };
}

function xyz(reader: ByteReader, at: number | undefined): number[] | undefined {
  return at === undefined ? undefined : [8, 12, 16].map((offset) => reader.i32(at + offset) / FIXED_POINT);
}

/** The light of each of the 256 values (ICC.1:2022, sections 10.6 and 10.18). */
function curve(reader: ByteReader, at: number | undefined): Float32Array | undefined {
  if (at === undefined) return undefined;
  const type = reader.ascii(at, 4);
  if (type !== 'curv' && type !== 'para') return undefined;
  const light = type === 'curv' ? sampledCurve(reader, at) : parametricCurve(reader, at);
  return light && Float32Array.from({ length: 256 }, (_, i) => light(i / 255));
}

function sampledCurve(reader: ByteReader, at: number): (x: number) => number {
  const count = reader.u32(at + 8);
  if (count === 0) return (x) => x;
  if (count === 1) return (x) => x ** (reader.u16(at + 12) / 256);
  return (x) => {
    const place = x * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    const from = reader.u16(at + 12 + below * 2);
    const to = reader.u16(at + 14 + below * 2);
    return (from + (to - from) * (place - below)) / 65_535;
  };
}

function parametricCurve(reader: ByteReader, at: number): ((x: number) => number) | undefined {
  const kind = reader.u16(at + 8);
  const count = [1, 3, 4, 5, 7][kind];
  if (count === undefined) return undefined;
  const p = Array.from({ length: count }, (_, i) => reader.i32(at + 12 + i * 4) / FIXED_POINT);
  const [gamma = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = p;
  if (kind === 0) return (x) => x ** gamma;
  if (kind <= 2) return (x) => (x >= -b / a ? (a * x + b) ** gamma : 0) + c;
  return (x) => (x >= d ? (a * x + b) ** gamma + e : c * x + f);
}
