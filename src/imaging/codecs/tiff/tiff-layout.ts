import { AppError } from '../../../errors.js';
import { TIFF_TAG, type TiffPage } from '../../headers/tiff-page.js';
import { FAX_COMPRESSIONS, TIFF_COMPRESSIONS } from './tiff-compression.js';

/** Meaning of the colour samples of a pixel, by photometric interpretation. */
export const PHOTOMETRIC = {
  0: { name: 'WHITE_IS_ZERO', colours: 1 },
  1: { name: 'GRAY', colours: 1 },
  2: { name: 'RGB', colours: 3 },
  3: { name: 'PALETTE', colours: 1 },
  5: { name: 'CMYK', colours: 4 },
  6: { name: 'YCC', colours: 3 },
  8: { name: 'LAB', colours: 3 },
  9: { name: 'ICC_LAB', colours: 3 },
} as const;

export type Photometric = (typeof PHOTOMETRIC)[keyof typeof PHOTOMETRIC]['name'];

/** Sample type, by sample format. 4 is "undefined", which is read as unsigned. */
const SAMPLE_FORMATS = { 1: 'UNSIGNED', 2: 'SIGNED', 3: 'FLOAT', 4: 'UNSIGNED' } as const;
export type SampleFormat = (typeof SAMPLE_FORMATS)[keyof typeof SAMPLE_FORMATS];
const COMPLEX = [5, 6];

const DEPTHS: Readonly<Record<SampleFormat, readonly number[]>> = {
  UNSIGNED: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 32, 64],
  SIGNED: [8, 16, 32, 64],
  FLOAT: [16, 24, 32, 64],
};
const MAX_PALETTE_BITS = 16;
export const COMPRESSION_JPEG = 7;
/** 6 is an older way to store JPEG, which only libvips reads. */
const JPEG_COMPRESSIONS: readonly number[] = [6, COMPRESSION_JPEG];
const INK_SET_CMYK = 1;

/** Storage layout of the pixels of a page. */
export interface TiffLayout {
  width: number;
  height: number;
  bits: number;
  format: SampleFormat;
  /** Samples of a pixel; the first `colours` of them are colours. */
  samples: number;
  colours: number;
  photometric: Photometric;
  compression: number;
  /** True if each channel is stored separately. */
  planar: boolean;
  littleEndian: boolean;
  /** Size of the separately compressed parts: strips as wide as the image, or tiles. */
  partWidth: number;
  partHeight: number;
  isTiled: boolean;
  predictor: number;
  reversedBits: boolean;
  /** 0: unspecified, 1: premultiplied alpha, 2: straight alpha; undefined: no extra sample. */
  alpha: number | undefined;
  /** Pixels of an area that share their two colour samples, in YCC that is not JPEG. */
  subsampling: readonly [horizontal: number, vertical: number];
}

/** @throws AppError UNSUPPORTED_MEDIA that names the unsupported feature */
export function tiffLayout(page: TiffPage, littleEndian: boolean): TiffLayout {
  const photometric = photometricOf(page);
  const { format, bits } = sampleOf(page, photometric.name);
  const { colours } = photometric;
  const samples = page.value(TIFF_TAG.samplesPerPixel) ?? 1;
  if (samples < colours) throw kind(`${samples} samples in a pixel of ${photometric.name}`);
  const compression = page.value(TIFF_TAG.compression) ?? 1;
  const width = page.side(TIFF_TAG.width);
  const height = page.side(TIFF_TAG.height);
  const tileWidth = page.value(TIFF_TAG.tileWidth);
  const rows = page.value(TIFF_TAG.rowsPerStrip) ?? height;
  return {
    ...{ width, height, bits, format, samples, colours, photometric: photometric.name, compression },
    ...{ planar: samples > 1 && page.value(TIFF_TAG.planarConfiguration) === 2, littleEndian },
    ...{ isTiled: tileWidth !== undefined, partWidth: tileWidth || width },
    partHeight: tileWidth ? page.value(TIFF_TAG.tileHeight) || height : Math.min(height, Math.max(1, rows)),
    predictor: page.value(TIFF_TAG.predictor) ?? 1,
    reversedBits: page.value(TIFF_TAG.fillOrder) === 2,
    alpha: samples > colours ? (page.value(TIFF_TAG.extraSamples) ?? 0) : undefined,
    subsampling: subsamplingOf(page, photometric.name, compression),
  };
}

/** True for files that libvips decodes correctly: unsigned samples of 8 or 16 bits, or one bit, in the usual spaces. */
export function isOrdinary(layout: TiffLayout): boolean {
  const { photometric, samples, colours, alpha, bits, compression } = layout;
  const isPlain = layout.format === 'UNSIGNED' && !layout.planar && samples <= colours + 1 && alpha !== 1;
  // libtiff shows missing rows of fax as white.
  if (!isPlain || FAX_COMPRESSIONS.includes(compression)) return false;
  switch (photometric) {
    case 'WHITE_IS_ZERO':
      return samples === 1 && (bits === 1 || bits === 8);
    case 'GRAY':
      return bits === 8 || bits === 16 || (bits === 1 && samples === 1);
    case 'RGB':
      return bits === 8 || bits === 16;
    case 'CMYK':
      return bits === 8 && samples === colours;
    case 'YCC':
      return JPEG_COMPRESSIONS.includes(compression);
    case 'PALETTE':
    case 'LAB':
    case 'ICC_LAB':
      return false;
    default:
      return photometric satisfies never;
  }
}

/** @throws AppError UNSUPPORTED_MEDIA for compressions that only libvips has */
export function checkCompression({ compression }: TiffLayout): void {
  if (compression === COMPRESSION_JPEG || compression in TIFF_COMPRESSIONS) return;
  const message = `TIFF files with compression ${compression} can be read only by SHARP, and not every kind`;
  throw new AppError('UNSUPPORTED_MEDIA', message);
}

function photometricOf(page: TiffPage): { name: Photometric; colours: number } {
  const number = page.photometric();
  const found = PHOTOMETRIC[number as keyof typeof PHOTOMETRIC];
  if (!found) throw kind(`photometric interpretation ${number}`);
  if (found.name === 'CMYK' && (page.value(TIFF_TAG.inkSet) ?? INK_SET_CMYK) !== INK_SET_CMYK) {
    throw kind('inks other than CMYK');
  }
  return found;
}

function sampleOf(page: TiffPage, photometric: Photometric): { format: SampleFormat; bits: number } {
  const number = page.value(TIFF_TAG.sampleFormat) ?? 1;
  if (COMPLEX.includes(number)) throw kind('complex samples (sample format 5 or 6)');
  const format = SAMPLE_FORMATS[number as keyof typeof SAMPLE_FORMATS];
  const depths = page.values(TIFF_TAG.bitsPerSample, 5);
  const bits = depths[0] ?? 1;
  const name = `${bits}-bit ${format?.toLowerCase() ?? 'unknown'} samples`;
  if (!format || !DEPTHS[format].includes(bits)) throw kind(name);
  if (depths.some((depth) => depth !== bits)) throw kind('samples of different depths');
  if (photometric === 'PALETTE' && (format !== 'UNSIGNED' || bits > MAX_PALETTE_BITS)) {
    throw kind(`a palette and ${name}`);
  }
  const isLab = photometric === 'LAB' || photometric === 'ICC_LAB';
  if (isLab && ((bits !== 8 && bits !== 16) || format === 'FLOAT')) throw kind(`Lab colours in ${name}`);
  if (photometric === 'YCC' && bits !== 8) throw kind(`YCbCr colours in ${name}`);
  return { format, bits };
}

function subsamplingOf(
  page: TiffPage,
  photometric: Photometric,
  compression: number,
): readonly [number, number] {
  if (photometric !== 'YCC' || JPEG_COMPRESSIONS.includes(compression)) return [1, 1];
  const [horizontal = 2, vertical = 2] = page.values(TIFF_TAG.yccSubsampling, 2);
  if (![1, 2, 4].includes(horizontal) || ![1, 2, 4].includes(vertical)) throw kind('its subsampling');
  return [horizontal, vertical];
}

function kind(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `TIFF files with ${what} are not supported`);
}
