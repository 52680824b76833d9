import { MARKER } from '../../headers/jpeg/jpeg-segments.js';
import { TIFF_TAG, type TiffPage } from '../../headers/tiff-page.js';
import type { RgbaRaster } from '../../pixels/raster.js';
import { decodeJpeg } from '../jpeg/jpeg-decoder.js';
import type { ColourModel } from '../jpeg/jpeg-pixels.js';
import type { Photometric, TiffLayout } from './tiff-layout.js';
import { packedParts } from './tiff-parts.js';

/** Meaning of the channels of a JPEG inside a TIFF, which has no marker for it. */
const MODELS: Partial<Record<Photometric, ColourModel>> = {
  GRAY: 'GRAY',
  WHITE_IS_ZERO: 'GRAY',
  RGB: 'RGB',
  YCC: 'YCC',
};

/** Draws strips or tiles that are JPEG files; their tables may be in a separate tag (TIFF Technical Note 2). */
export function drawJpegParts(
  bytes: Uint8Array,
  page: TiffPage,
  layout: TiffLayout,
  raster: RgbaRaster,
): void {
  const model = MODELS[layout.photometric];
  if (!model || layout.planar || layout.bits !== 8) throw new RangeError('An unknown kind of JPEG in TIFF');
  const tables = page.bytes(TIFF_TAG.jpegTables);
  for (const { packed, left, top } of packedParts(bytes, page, layout)) {
    const part = decodeJpeg(tables ? withTables(packed, tables) : packed, { model }).raster;
    if (layout.photometric === 'WHITE_IS_ZERO') invert(part);
    draw(part, left, top, raster);
  }
}

/** Inserts the tables after the start marker of a file. */
function withTables(file: Uint8Array, tables: Uint8Array): Uint8Array {
  const ends = tables[tables.length - 1] === MARKER.EOI;
  return Buffer.concat([tables.subarray(0, tables.length - (ends ? 2 : 0)), file.subarray(2)]);
}

function draw(part: RgbaRaster, left: number, top: number, { data, width, height }: RgbaRaster): void {
  const columns = Math.min(part.width, width - left);
  for (let y = 0; y < Math.min(part.height, height - top); y++) {
    const row = part.data.subarray(y * part.width * 4, (y * part.width + columns) * 4);
    data.set(row, ((top + y) * width + left) * 4);
  }
}

function invert({ data }: RgbaRaster): void {
  for (let i = 0; i < data.length; i++) if (i % 4 !== 3) data[i] = 255 - (data[i] as number);
}
