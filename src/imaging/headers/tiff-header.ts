import { AppError } from '../../errors.js';
import { ByteReader } from './byte-reader.js';
import { validOrientation } from './exif-orientation.js';
import type { ColourSpace, ImageHeader } from './image-header.js';
import { malformed, TIFF_TAG, TiffPage } from './tiff-page.js';

/** Limits of pages and entries: pages are a linked list that can be very long and can share entries. */
const MAX_PAGES = 20_000;
const MAX_ENTRIES = 1_000_000;
const ENTRY_BYTES = 12;
const MAX_SUB_PAGES = 16;
/** By photometric interpretation; default: RGB. */
const SPACES: Readonly<Record<number, ColourSpace>> = {
  ...{ 0: 'GRAY', 1: 'GRAY', 5: 'CMYK' },
  ...{ 8: 'LAB', 9: 'LAB', 10: 'LAB' },
};
/** Samples of single-colour sensors, and of sensors before they become colours: raw photographs. */
const SENSOR_DATA = [32_803, 34_892];
/** Canon's raw files have a signature after the fixed header. */
const CANON_RAW = 'CR\x02';

/** Reads the directory of the page that is the image. */
export function tiffHeader(bytes: Uint8Array): ImageHeader {
  const { page, pages } = mainPage(bytes);
  const header: ImageHeader = {
    format: 'TIFF',
    width: page.side(TIFF_TAG.width),
    height: page.side(TIFF_TAG.height),
    orientation: validOrientation(page.value(TIFF_TAG.orientation)),
    frames: pages,
    pixels: page.pixels(),
    space: SPACES[page.photometric()] ?? 'RGB',
    bits: page.value(TIFF_TAG.bitsPerSample) ?? 1,
  };
  const profile = page.bytes(TIFF_TAG.iccProfile);
  if (profile && profile.length > 0) header.colour = { kind: 'ICC', profile };
  return header;
}

/**
 * Returns the first page that is not a thumbnail, including sub-pages, which raw files and scanners use.
 *
 * @returns the page, and how many pages the document has
 * @throws AppError UNSUPPORTED_MEDIA for raw photographs
 */
export function mainPage(bytes: Uint8Array): { page: TiffPage; pages: number } {
  const reader = new ByteReader(bytes, bytes[0] === 0x49);
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let entries = 0;
  // A list that returns to one of its pages ends there.
  for (let at = reader.u32(4); at !== 0 && !seen.has(at); ) {
    seen.add(at);
    entries += reader.u16(at);
    if (pages.length === MAX_PAGES || entries > MAX_ENTRIES) throw malformed('has too many pages');
    if (at + 2 + reader.u16(at) * ENTRY_BYTES > bytes.length) throw malformed('is cut short');
    const page = new TiffPage(reader, at);
    pages.push(page);
    at = page.next;
  }
  const [first] = pages;
  if (!first) throw malformed('has no page');
  const whole = pages.filter((page) => !page.isAside());
  const page = whole[0] ?? subPages(reader, first).find((sub) => !sub.isAside()) ?? first;
  refuseRaw(reader, page);
  return { page, pages: Math.max(1, whole.length) };
}

function subPages(reader: ByteReader, page: TiffPage): TiffPage[] {
  return page.values(TIFF_TAG.subPages, MAX_SUB_PAGES).map((at) => new TiffPage(reader, at));
}

function refuseRaw(reader: ByteReader, page: TiffPage): void {
  const isSensorData = SENSOR_DATA.includes(page.photometric());
  if (!isSensorData && reader.ascii(8, Math.min(3, reader.length - 8)) !== CANON_RAW) return;
  const message = 'The file is a raw photograph of a camera (DNG, CR2, NEF, ARW); export it as JPEG or TIFF';
  throw new AppError('UNSUPPORTED_MEDIA', message);
}

/** Returns a TIFF whose first page is the given one; the same bytes if it already is. */
export function withFirstPage(bytes: Uint8Array, { at }: TiffPage): Uint8Array {
  const littleEndian = bytes[0] === 0x49;
  if (new ByteReader(bytes, littleEndian).u32(4) === at) return bytes;
  const copy = Uint8Array.from(bytes);
  new DataView(copy.buffer).setUint32(4, at, littleEndian);
  return copy;
}
