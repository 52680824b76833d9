import { mainPage } from '../../headers/tiff-header.js';
import { TIFF_TAG, type TiffPage } from '../../headers/tiff-page.js';
import { unpremultiply } from '../../pixels/alpha.js';
import type { RgbaRaster } from '../../pixels/raster.js';
import { toColours } from './tiff-colours.js';
import { drawJpegParts } from './tiff-jpeg.js';
import { COMPRESSION_JPEG, checkCompression, type TiffLayout, tiffLayout } from './tiff-layout.js';
import { type TiffPart, unpackedParts } from './tiff-parts.js';
import { formatRange, type SampleRange, sampleReader } from './tiff-samples.js';
import { readAreas } from './tiff-ycc.js';

const PREMULTIPLIED = 1;

/** Pixels of a TIFF; four channels of CMYK (0: no ink, 255: full) if `keepCmyk` is set. */
export interface TiffPixels {
  raster: RgbaRaster;
  isCmyk: boolean;
}

/**
 * Decodes the page of a TIFF that is its image: strips or tiles, interleaved or planar, samples of 1 to 64 bits,
 * integers or floats; uncompressed, LZW, deflate, PackBits, Zstandard, fax or JPEG. The smallest possible sample
 * becomes black and the largest white; for floats 0 and 1, or the actual minimum and maximum if they exceed that
 * range. (utif2, jimp's decoder, decodes every page, has no memory limit, and loops forever on some files; libvips
 * interprets floats, signed and 32-bit samples as 0 to 255.)
 *
 * @param keepCmyk returns CMYK unchanged, to be converted by a profile
 * @throws AppError UNSUPPORTED_MEDIA that names an unsupported kind; RangeError for damage
 */
export function decodeTiff(bytes: Uint8Array, { keepCmyk = false } = {}): TiffPixels {
  const { page } = mainPage(bytes);
  const layout = tiffLayout(page, bytes[0] === 0x49);
  checkCompression(layout);
  const { width, height } = layout;
  const raster: RgbaRaster = { data: new Uint8Array(width * height * 4), width, height, channels: 4 };
  if (layout.compression === COMPRESSION_JPEG) {
    drawJpegParts(bytes, page, layout, raster);
    return { raster, isCmyk: false };
  }
  const isCmyk = keepCmyk && layout.photometric === 'CMYK';
  if (layout.photometric === 'PALETTE') drawPalette(bytes, page, layout, raster);
  else {
    const range = rangeOf(bytes, page, layout);
    for (const part of unpackedParts(bytes, page, layout)) readSamples(part, layout, range, raster);
    if (!isCmyk) toColours(page, layout, raster);
  }
  return { raster: layout.alpha === PREMULTIPLIED ? unpremultiply(raster) : raster, isCmyk };
}

/** Writes the samples of a part, scaled to 0 to 255, into the channels of the image; colours are converted later. */
function readSamples(part: TiffPart, layout: TiffLayout, range: SampleRange, raster: RgbaRaster): void {
  if (layout.photometric === 'YCC' && part.samples >= 3) return readAreas(part, layout, raster);
  const read = sampleReader(part.data, layout);
  const scale = scaler(range);
  const channels = Math.min(part.samples, 4 - part.channel);
  const columns = Math.min(part.columns, layout.width - part.left);
  const rows = Math.min(part.rows, layout.height - part.top);
  for (let y = 0; y < rows; y++) {
    const row = y * part.rowBytes;
    let o = ((part.top + y) * layout.width + part.left) * 4 + part.channel;
    for (let x = 0; x < columns; x++, o += 4) {
      for (let c = 0; c < channels; c++) raster.data[o + c] = scale(read(row, x * part.samples + c));
    }
  }
}

function scaler({ least, greatest }: SampleRange): (value: number) => number {
  if (least === 0 && greatest === 255) return (value) => value;
  // The high byte, as libvips converts 16 bits to 8.
  if (least === 0 && greatest === 65_535) return (value) => value >> 8;
  const span = greatest - least || 1;
  return (value) => {
    const scaled = ((value - least) * 255) / span;
    return scaled > 0 ? Math.min(255, scaled + 0.5) : 0;
  };
}

/** Range of floats outside 0 to 1: from the tags, else the actual minimum and maximum. */
function rangeOf(bytes: Uint8Array, page: TiffPage, layout: TiffLayout): SampleRange {
  const usual = formatRange(layout.format, layout.bits);
  if (layout.format !== 'FLOAT') return usual;
  const [least, greatest] = [page.value(TIFF_TAG.leastSample), page.value(TIFF_TAG.greatestSample)];
  if (least !== undefined && greatest !== undefined && greatest > least) return { least, greatest };
  let found = usual;
  for (const part of unpackedParts(bytes, page, layout)) found = widened(found, part, layout);
  return found;
}

function widened({ least, greatest }: SampleRange, part: TiffPart, layout: TiffLayout): SampleRange {
  const read = sampleReader(part.data, layout);
  for (let y = 0; y < part.rows; y++) {
    for (let i = 0; i < part.columns * part.samples; i++) {
      const value = read(y * part.rowBytes, i);
      if (value < least && value !== -Infinity) least = value;
      if (value > greatest && value !== Infinity) greatest = value;
    }
  }
  return { least, greatest };
}

/** Palette colours have 16 bits; some writers store 8 bits, and then no value is above 255. */
function drawPalette(bytes: Uint8Array, page: TiffPage, layout: TiffLayout, raster: RgbaRaster): void {
  const palette = page.values(TIFF_TAG.palette);
  if (palette.length === 0) throw new RangeError('No palette');
  const shift = palette.every((value) => value < 256) ? 0 : 8;
  const entries = Math.floor(palette.length / 3);
  const alphaScale = 255 / (2 ** layout.bits - 1);
  for (const part of unpackedParts(bytes, page, layout)) {
    const read = sampleReader(part.data, layout);
    const columns = Math.min(part.columns, layout.width - part.left);
    const rows = Math.min(part.rows, layout.height - part.top);
    for (let y = 0; y < rows; y++) {
      let o = ((part.top + y) * layout.width + part.left) * 4;
      for (let x = 0; x < columns; x++, o += 4) {
        const value = read(y * part.rowBytes, x * part.samples);
        if (part.channel > 0) raster.data[o + 3] = value * alphaScale;
        else {
          for (let c = 0; c < 3; c++) raster.data[o + c] = (palette[c * entries + value] ?? 0) >> shift;
          const hasAlpha = part.samples > 1;
          raster.data[o + 3] = hasAlpha ? read(y * part.rowBytes, x * part.samples + 1) * alphaScale : 255;
        }
      }
    }
  }
}
