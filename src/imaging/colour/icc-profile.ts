import { ByteReader } from '../headers/byte-reader.js';
import type { ColourSpace } from '../headers/image-header.js';
import type { Conversion, Curve } from './light.js';
import { IDENTITY, type Matrix, product, XYZ_D50_TO_SRGB } from './matrices.js';

const FIXED_POINT = 65_536;
const MAX_TAGS = 100;
const MAX_NAME = 100;
/** Spaces of profiles that describe an image, by its own space. */
const FITTING: Record<ColourSpace, readonly string[]> = {
  GRAY: ['GRAY', 'RGB '],
  RGB: ['RGB '],
  CMYK: ['CMYK'],
  LAB: [],
};

/** The colour space whose samples a profile describes ("RGB ", "GRAY", "CMYK"), or undefined if it is damaged. */
export function profileSpace(profile: Uint8Array): string | undefined {
  return profile.length < 128 ? undefined : new ByteReader(profile).ascii(16, 4);
}

/** Returns the name of a profile, or undefined if it has no readable name (ICC.1:2022, 9.2.41 and 10.15). */
export function profileName(profile: Uint8Array): string | undefined {
  try {
    const reader = new ByteReader(profile);
    for (let i = 0; i < Math.min(reader.u32(128), MAX_TAGS); i++) {
      if (reader.ascii(132 + i * 12, 4) !== 'desc') continue;
      const name = nameAt(reader, reader.u32(136 + i * 12));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      return name.replace(/[\u0000-\u001f\u007f-\u009f]/g, '').trim() || undefined;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

/** Reads the text of version 2, or the first translation of version 4. */
function nameAt(reader: ByteReader, at: number): string {
  if (reader.ascii(at, 4) === 'desc') return reader.ascii(at + 12, Math.min(reader.u32(at + 8), MAX_NAME));
  const bytes = Math.min(reader.u32(at + 20), 2 * MAX_NAME) & ~1;
  // UTF-16, big-endian.
  return Buffer.from(reader.slice(at + reader.u32(at + 24), bytes))
    .swap16()
    .toString('utf16le');
}

/** True if a profile can describe an image; a gray profile fits only gray images. */
export function fits(profile: string, image: ColourSpace): boolean {
  return FITTING[image].includes(profile);
}

/**
 * Reads a matrix ICC profile, as of cameras, phones and screens: a curve for each channel and a matrix, or one curve
 * for gray. Returns undefined for table-based and damaged profiles, and for a gray profile on a colour image (see
 * {@link fits}).
 */
export function iccConversion(profile: Uint8Array, image: ColourSpace): Conversion | undefined {
  try {
    const reader = new ByteReader(profile);
    const tags = new Map<string, number>();
    for (let i = 0; i < Math.min(reader.u32(128), MAX_TAGS); i++) {
      tags.set(reader.ascii(132 + i * 12, 4), reader.u32(136 + i * 12));
    }
    const space = profileSpace(profile);
    if (!space || !fits(space, image)) return undefined;
    if (space === 'GRAY') return grayConversion(reader, tags);
    return reader.ascii(20, 4) === 'XYZ ' ? rgbConversion(reader, tags) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function rgbConversion(reader: ByteReader, tags: Map<string, number>): Conversion | undefined {
  const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => xyz(reader, tags.get(name)));
  const [r, g, b] = ['rTRC', 'gTRC', 'bTRC'].map((name) => curve(reader, tags.get(name)));
  if (!red || !green || !blue || !r || !g || !b) return undefined;
  const columns = [0, 1, 2].map((i) => [red[i], green[i], blue[i]]) as unknown as Matrix;
  return { curves: [r, g, b], matrix: product(XYZ_D50_TO_SRGB, columns) };
}

function grayConversion(reader: ByteReader, tags: Map<string, number>): Conversion | undefined {
  const gray = curve(reader, tags.get('kTRC'));
  return gray && { curves: [gray, gray, gray], matrix: IDENTITY };
}

function xyz(reader: ByteReader, at: number | undefined): number[] | undefined {
  return at === undefined ? undefined : [8, 12, 16].map((offset) => reader.i32(at + offset) / FIXED_POINT);
}

/** Reads a curve from sample to linear light (ICC.1:2022, sections 10.6 and 10.18). */
function curve(reader: ByteReader, at: number | undefined): Curve | undefined {
  if (at === undefined) return undefined;
  const type = reader.ascii(at, 4);
  if (type !== 'curv' && type !== 'para') return undefined;
  return type === 'curv' ? sampledCurve(reader, at) : parametricCurve(reader, at);
}

function sampledCurve(reader: ByteReader, at: number): Curve {
  const count = reader.u32(at + 8);
  if (count === 0) return (x) => x;
  if (count === 1) return (x) => x ** (reader.u16(at + 12) / 256);
  // Checks that data that is read later exists.
  reader.slice(at + 12, count * 2);
  return (x) => {
    const place = x * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    const from = reader.u16(at + 12 + below * 2);
    const to = reader.u16(at + 14 + below * 2);
    return (from + (to - from) * (place - below)) / 65_535;
  };
}

function parametricCurve(reader: ByteReader, at: number): Curve | undefined {
  const kind = reader.u16(at + 8);
  const count = [1, 3, 4, 5, 7][kind];
  if (count === undefined) return undefined;
  const p = Array.from({ length: count }, (_, i) => reader.i32(at + 12 + i * 4) / FIXED_POINT);
  const [gamma = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = p;
  if (kind === 0) return (x) => x ** gamma;
  if (kind <= 2) return (x) => (x >= -b / a ? (a * x + b) ** gamma : 0) + c;
  return (x) => (x >= d ? (a * x + b) ** gamma + e : c * x + f);
}
