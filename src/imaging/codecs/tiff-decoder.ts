import { AppError } from '../../errors.js';
import { TIFF_TAG, type TiffPage, tiffPages } from '../headers/tiff-header.js';
import { unpremultiply } from '../pixels/alpha.js';
import type { RgbaRaster } from '../pixels/raster.js';
import { TIFF_COMPRESSIONS } from './tiff-compression.js';

const WHITE_IS_ZERO = 0;
const RGB = 2;
const PALETTE = 3;
/** Colour samples of a pixel by photometric interpretation: grey (either way round), RGB, palette. */
const COLOURS: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 3, 3: 1 };
const DEPTHS = [1, 2, 4, 8, 16];
/** The extra sample is alpha that the colours are multiplied with. */
const PREMULTIPLIED = 1;
const HORIZONTAL_DIFFERENCES = 2;

interface Layout {
  width: number;
  height: number;
  bits: number;
  samples: number;
  colours: number;
  photometric: number;
  rowBytes: number;
  littleEndian: boolean;
}

/**
 * Decodes the first page of a TIFF made of strips: grey, RGB or palette, 1 to 16 bits, not packed or by LZW, deflate
 * or PackBits. (utif2, which jimp reads with, decodes every page, unpacks without a bound, and never ends on some
 * files.)
 *
 * @throws AppError UNSUPPORTED_MEDIA for other kinds: tiles, JPEG or fax inside, CMYK, floats
 */
export function decodeTiff(bytes: Uint8Array): RgbaRaster {
  const [page] = tiffPages(bytes);
  if (!page) throw new RangeError('No page');
  const layout = readLayout(page, bytes[0] === 0x49);
  const packed = readStrips(bytes, page, layout);
  const raster = toRgba(packed, page, layout);
  return page.value(TIFF_TAG.extraSamples) === PREMULTIPLIED ? unpremultiply(raster) : raster;
}

function readLayout(page: TiffPage, littleEndian: boolean): Layout {
  const bits = page.value(TIFF_TAG.bitsPerSample) ?? 1;
  const samples = page.value(TIFF_TAG.samplesPerPixel) ?? 1;
  const photometric = page.value(TIFF_TAG.photometric) ?? 1;
  const colours = COLOURS[photometric] ?? 0;
  const plain =
    colours > 0 &&
    (samples === colours || (samples === colours + 1 && bits >= 8)) &&
    DEPTHS.includes(bits) &&
    page.value(TIFF_TAG.tileWidth) === undefined &&
    (page.value(TIFF_TAG.planarConfiguration) ?? 1) === 1 &&
    (page.value(TIFF_TAG.fillOrder) ?? 1) === 1 &&
    (page.value(TIFF_TAG.sampleFormat) ?? 1) === 1 &&
    (page.value(TIFF_TAG.compression) ?? 1) in TIFF_COMPRESSIONS;
  if (!plain) {
    throw new AppError('UNSUPPORTED_MEDIA', 'The TIFF file is of a kind that JIMP cannot decode; SHARP may');
  }
  const width = page.side(TIFF_TAG.width);
  const height = page.side(TIFF_TAG.height);
  const rowBytes = Math.ceil((width * bits * samples) / 8);
  return { width, height, bits, samples, colours, photometric, rowBytes, littleEndian };
}

/** The rows of all strips, unpacked, one after another. */
function readStrips(bytes: Uint8Array, page: TiffPage, layout: Layout): Uint8Array {
  const { height, rowBytes } = layout;
  const unpack = TIFF_COMPRESSIONS[page.value(TIFF_TAG.compression) ?? 1];
  const rowsPerStrip = Math.max(1, Math.min(height, page.value(TIFF_TAG.rowsPerStrip) ?? height));
  const offsets = page.values(TIFF_TAG.stripOffsets);
  const lengths = page.values(TIFF_TAG.stripByteCounts);
  const rows = new Uint8Array(rowBytes * height);
  for (let strip = 0, row = 0; row < height; strip++, row += rowsPerStrip) {
    const offset = offsets[strip];
    if (offset === undefined || !unpack) throw new RangeError('A strip is missing');
    const size = Math.min(rowsPerStrip, height - row) * rowBytes;
    const packed = bytes.subarray(offset, offset + (lengths[strip] ?? size));
    rows.set(unpack(packed, size), row * rowBytes);
  }
  if (page.value(TIFF_TAG.predictor) === HORIZONTAL_DIFFERENCES) addDifferences(rows, layout);
  return rows;
}

/** Each sample but the first of a row is stored as its difference from that of the pixel before. */
function addDifferences(rows: Uint8Array, { bits, samples, rowBytes, littleEndian }: Layout): void {
  if (bits < 8) throw new RangeError('Differences of less than a byte');
  const step = samples * (bits / 8);
  const [low, high] = littleEndian ? [0, 1] : [1, 0];
  for (let row = 0; row < rows.length; row += rowBytes) {
    for (let i = row + step; i < row + rowBytes; i += bits / 8) {
      if (bits === 8) {
        rows[i] = (rows[i] as number) + (rows[i - step] as number);
      } else {
        const sum = (rows[i + low] as number) + (rows[i - step + low] as number);
        rows[i + high] = (rows[i + high] as number) + (rows[i - step + high] as number) + (sum >> 8);
        rows[i + low] = sum;
      }
    }
  }
}

function toRgba(rows: Uint8Array, page: TiffPage, layout: Layout): RgbaRaster {
  const { width, height, samples, colours, photometric, bits } = layout;
  const palette = photometric === PALETTE ? page.values(TIFF_TAG.palette) : [];
  const sample = sampleReader(rows, layout);
  const entries = 2 ** bits;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      const first = x * samples;
      for (let c = 0; c < 3; c++) {
        const value = sample(y, first + (photometric === RGB ? c : 0));
        if (photometric === PALETTE) data[o + c] = (palette[c * entries + value] ?? 0) >> 8;
        else data[o + c] = photometric === WHITE_IS_ZERO ? 255 - value : value;
      }
      data[o + 3] = samples > colours ? sample(y, first + colours) : 255;
    }
  }
  return { data, width, height, channels: 4 };
}

/** Reads a sample of a row as 0 to 255, or as the index that it is. */
function sampleReader(rows: Uint8Array, layout: Layout): (row: number, sample: number) => number {
  const { bits, rowBytes, littleEndian, photometric } = layout;
  if (bits === 8) return (row, sample) => rows[row * rowBytes + sample] as number;
  if (bits === 16) {
    const high = littleEndian ? 1 : 0;
    return (row, sample) => rows[row * rowBytes + sample * 2 + high] as number;
  }
  const max = 2 ** bits - 1;
  const scale = photometric === PALETTE ? 1 : 255 / max;
  return (row, sample) => {
    const bit = sample * bits;
    const byte = rows[row * rowBytes + (bit >> 3)] as number;
    return ((byte >> (8 - bits - (bit & 7))) & max) * scale;
  };
}
