import { AppError } from '../../errors.js';
import type { ByteReader } from './byte-reader.js';

/** Tags used for decoding, by number (TIFF 6.0; its supplements; DNG). */
export const TIFF_TAG = {
  subfileType: 254,
  oldSubfileType: 255,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  make: 271,
  model: 272,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  planarConfiguration: 284,
  t4Options: 292,
  t6Options: 293,
  resolutionUnit: 296,
  dateTime: 306,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subPages: 330,
  inkSet: 332,
  extraSamples: 338,
  sampleFormat: 339,
  leastSample: 340,
  greatestSample: 341,
  jpegTables: 347,
  yccCoefficients: 529,
  yccSubsampling: 530,
  referenceBlackWhite: 532,
  exif: 34665,
  iccProfile: 34675,
} as const;

const KNOWN_TAGS = new Set<number>(Object.values(TIFF_TAG));

interface FieldType {
  bytes: number;
  read(reader: ByteReader, at: number): number;
}

/** Storage of the values of a field, by type (TIFF 6.0, section 2). */
const FIELD_TYPES: Readonly<Record<number, FieldType>> = {
  1: { bytes: 1, read: (reader, at) => reader.u8(at) },
  2: { bytes: 1, read: (reader, at) => reader.u8(at) },
  3: { bytes: 2, read: (reader, at) => reader.u16(at) },
  4: { bytes: 4, read: (reader, at) => reader.u32(at) },
  5: { bytes: 8, read: (reader, at) => reader.u32(at) / reader.u32(at + 4) },
  6: { bytes: 1, read: (reader, at) => (reader.u8(at) << 24) >> 24 },
  7: { bytes: 1, read: (reader, at) => reader.u8(at) },
  8: { bytes: 2, read: (reader, at) => (reader.u16(at) << 16) >> 16 },
  9: { bytes: 4, read: (reader, at) => reader.i32(at) },
  10: { bytes: 8, read: (reader, at) => reader.i32(at) / reader.i32(at + 4) },
  11: { bytes: 4, read: (reader, at) => reader.f32(at) },
  12: { bytes: 8, read: (reader, at) => reader.f64(at) },
  13: { bytes: 4, read: (reader, at) => reader.u32(at) },
};

/** Maximum length of a list of values; larger than any strip table or colour profile. */
const MAX_VALUES = 4 * 1024 * 1024;
const MAX_SAMPLES = 5;
const MAX_BITS = 64;
const ENTRY_BYTES = 12;
/** Bits of the subfile type: a reduced version of another page, a mask for another page. */
const REDUCED_OR_MASK = 1 | 4;
const OLD_REDUCED = 2;
/** Photometric interpretations. */
const BLACK_IS_ZERO = 1;
const RGB = 2;

/** One page (directory) of a TIFF: values of its known tags, read on demand. */
export class TiffPage {
  private readonly fields = new Map<number, { type: FieldType; count: number; start: number }>();
  /** Offset of the page after this one; 0: none. */
  readonly next: number;

  constructor(
    private readonly reader: ByteReader,
    /** Offset of the directory. */
    readonly at: number,
  ) {
    const entries = reader.u16(at);
    const end = at + 2 + entries * ENTRY_BYTES;
    for (let entry = at + 2; entry < end; entry += ENTRY_BYTES) {
      const tag = reader.u16(entry);
      const type = FIELD_TYPES[reader.u16(entry + 2)];
      if (!KNOWN_TAGS.has(tag) || !type || this.fields.has(tag)) continue;
      const count = reader.u32(entry + 4);
      // Up to four bytes are in the entry itself.
      const start = count * type.bytes > 4 ? reader.u32(entry + 8) : entry + 8;
      this.fields.set(tag, { type, count, start });
    }
    // Some writers end the file without the offset of a next page.
    this.next = end + 4 <= reader.length ? reader.u32(end) : 0;
  }

  /** Returns the first value of a tag. */
  value(tag: number): number | undefined {
    return this.values(tag, 1)[0];
  }

  /** Returns the values of a tag; empty if it is missing. */
  values(tag: number, atMost = MAX_VALUES): number[] {
    const field = this.fields.get(tag);
    if (!field) return [];
    const { type, start } = field;
    const count = Math.min(field.count, atMost);
    this.reader.slice(start, count * type.bytes);
    return Array.from({ length: count }, (_, i) => type.read(this.reader, start + i * type.bytes));
  }

  /** Returns the bytes of a tag, such as a profile or a text; undefined if it is missing. */
  bytes(tag: number): Uint8Array | undefined {
    const field = this.fields.get(tag);
    return field?.type.bytes === 1 ? this.reader.slice(field.start, field.count) : undefined;
  }

  /** True for a thumbnail or another reduced version of a page, and for a mask. */
  isAside(): boolean {
    const isReduced = ((this.value(TIFF_TAG.subfileType) ?? 0) & REDUCED_OR_MASK) !== 0;
    return isReduced || this.value(TIFF_TAG.oldSubfileType) === OLD_REDUCED;
  }

  /** Returns the photometric interpretation; where it is missing, what the number of samples suggests. */
  photometric(): number {
    const samples = this.value(TIFF_TAG.samplesPerPixel) ?? 1;
    return this.value(TIFF_TAG.photometric) ?? (samples < 3 ? BLACK_IS_ZERO : RGB);
  }

  /** Returns width or height. */
  side(tag: typeof TIFF_TAG.width | typeof TIFF_TAG.height): number {
    const side = this.value(tag);
    if (side === undefined) throw malformed('has a page without a size');
    return side;
  }

  /** Tiles count with their stored size, so that a huge tile in a tiny image does not bypass the limit. */
  pixels(): number {
    const samples = this.value(TIFF_TAG.samplesPerPixel) ?? 1;
    const bits = this.value(TIFF_TAG.bitsPerSample) ?? 1;
    if (samples > MAX_SAMPLES || bits > MAX_BITS) throw malformed('has pixels of an unknown kind');
    const tile = (this.value(TIFF_TAG.tileWidth) ?? 0) * (this.value(TIFF_TAG.tileHeight) ?? 0);
    return Math.max(this.side(TIFF_TAG.width) * this.side(TIFF_TAG.height), tile);
  }
}

export function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The TIFF file ${what}`);
}
