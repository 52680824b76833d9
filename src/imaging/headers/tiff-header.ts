import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import type { ImageHeader } from './image-header.js';

/** Pages are a linked list, which a hostile file can make endless. */
const MAX_PAGES = 1000;
const MAX_SAMPLES = 5;
const MAX_BITS = 64;

/** The tags that reading an image takes, by number. */
export const TIFF_TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  extraSamples: 338,
  sampleFormat: 339,
  iccProfile: 34675,
} as const;

const KNOWN_TAGS = new Set<number>(Object.values(TIFF_TAG));
/** Bytes of a value by field type: BYTE, SHORT, LONG, and UNDEFINED, in which profiles lie. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1 };

/** Past this a list of values is no strip table and no colour profile. */
const MAX_VALUES = 4 * 1024 * 1024;

/** One page: the values of its known tags, read when they are asked for. */
export class TiffPage {
  private readonly fields = new Map<number, { type: number; count: number; start: number }>();

  constructor(
    private readonly reader: ByteReader,
    at: number,
    entries: number,
  ) {
    for (let entry = at; entry < at + entries * 12; entry += 12) {
      const tag = reader.u16(entry);
      const type = reader.u16(entry + 2);
      const bytes = TYPE_BYTES[type];
      if (!KNOWN_TAGS.has(tag) || bytes === undefined || this.fields.has(tag)) continue;
      const count = reader.u32(entry + 4);
      // Up to four bytes lie in the entry itself.
      const start = count * bytes > 4 ? reader.u32(entry + 8) : entry + 8;
      this.fields.set(tag, { type, count, start });
    }
  }

  /** The first value of a tag. */
  value(tag: number): number | undefined {
    return this.values(tag, 1)[0];
  }

  /** The values of a tag; none where it is missing. */
  values(tag: number, atMost = MAX_VALUES): number[] {
    const field = this.fields.get(tag);
    if (!field) return [];
    const bytes = TYPE_BYTES[field.type] as 1 | 2 | 4;
    const read = { 1: this.reader.u8, 2: this.reader.u16, 4: this.reader.u32 }[bytes].bind(this.reader);
    const count = Math.min(field.count, atMost);
    this.reader.slice(field.start, count * bytes);
    return Array.from({ length: count }, (_, i) => read(field.start + i * bytes));
  }

  /** Width or height. */
  side(tag: typeof TIFF_TAG.width | typeof TIFF_TAG.height): number {
    const side = this.value(tag);
    if (side === undefined) throw malformed('has a page without a size');
    return side;
  }

  /** Tiles count as they are stored, so that one huge tile around a tiny image is no way in. */
  pixels(): number {
    const samples = this.value(TIFF_TAG.samplesPerPixel) ?? 1;
    const bits = this.value(TIFF_TAG.bitsPerSample) ?? 1;
    if (samples > MAX_SAMPLES || bits > MAX_BITS) throw malformed('has pixels of an unknown kind');
    const tile = (this.value(TIFF_TAG.tileWidth) ?? 0) * (this.value(TIFF_TAG.tileHeight) ?? 0);
    return Math.max(this.side(TIFF_TAG.width) * this.side(TIFF_TAG.height), tile);
  }
}

/** Follows the list of pages. */
export function tiffHeader(bytes: Uint8Array): ImageHeader {
  const pages = tiffPages(bytes);
  const [first] = pages;
  if (!first) throw malformed('has no page');
  let pixels = 0;
  for (const page of pages) pixels += page.pixels();
  const orientation = first.value(TIFF_TAG.orientation) ?? 1;
  const header: ImageHeader = {
    format: 'TIFF',
    width: first.side(TIFF_TAG.width),
    height: first.side(TIFF_TAG.height),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    frames: pages.length,
    pixels,
  };
  const profile = first.values(TIFF_TAG.iccProfile);
  if (profile.length > 0) header.iccProfile = Uint8Array.from(profile);
  return header;
}

export function tiffPages(bytes: Uint8Array): TiffPage[] {
  const reader = new ByteReader(bytes, bytes[0] === 0x49);
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  for (let at = reader.u32(4); at !== 0; ) {
    if (seen.has(at) || pages.length === MAX_PAGES) throw malformed('has an endless list of pages');
    seen.add(at);
    const entries = reader.u16(at);
    pages.push(new TiffPage(reader, at + 2, entries));
    at = reader.u32(at + 2 + entries * 12);
  }
  return pages;
}

function malformed(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The TIFF file ${what}`);
}
