import { type Bitmap, defaultFormats, PNGColorType } from 'jimp';
import { AppError } from '../../errors.js';
import { chromaSubsampling, qualityOf } from '../encoding-settings.js';
import { checkInterlacedData } from '../headers/png-header.js';
import type { ImageFormat } from '../image-format.js';
import { DEFAULT_IMAGING_LIMITS, type ImagingLimits } from '../limits.js';
import { asBitmap, asBuffer, asRaster } from '../pixels/bitmap.js';
import { flattenOnWhite } from '../pixels/flatten.js';
import { isOpaque } from '../pixels/raster.js';
import { decodeBmp } from './bmp-decoder.js';
import { encodeBmp } from './bmp-encoder.js';
import { decodeGif } from './gif-decoder.js';
import { encodeGif } from './gif-encoder.js';
import { encodeJpeg } from './jpeg/jpeg-encoder.js';
import { decodeTiff } from './tiff-decoder.js';
import { encodeTiff } from './tiff-encoder.js';

/** What jpeg-js may take for each pixel: coefficients, colour planes and result. Its own cap is a flat 512 MB. */
const JPEG_BYTES_PER_PIXEL = 24;
/** zlib's balance; jimp's default is the slowest, 9. */
const PNG_LEVEL = 6;

/** A format as `createJimp` takes it. Decoders are given the bytes of a picture whose header has been checked. */
export interface JimpFormat {
  mime: string;
  decode(bytes: Uint8Array, limits?: ImagingLimits): Bitmap | Promise<Bitmap>;
  encode(bitmap: Bitmap, options?: { quality?: number }): Buffer | Promise<Buffer>;
  /**
   * True for all: where it is not, jimp lays the picture on black, pixel by pixel, which takes twice the time of
   * the JPEG encoder. The encoders of formats without transparency lay it on white themselves.
   */
  hasAlpha: true;
}

const jpeg = jimpsOwn('image/jpeg');
const png = jimpsOwn('image/png');

/**
 * What jimp reads and writes here: its own PNG codec and JPEG decoder, with bounds and settings. Not its GIF codec (never ends
 * on some damaged files; writing takes 40 times as long for 3 dB), its TIFF codec (the same, decodes every page,
 * unpacks without a bound, copies pixel by pixel) or its BMP codec (changes the picture that it writes; SHARP needs
 * one that is apart from jimp).
 */
export const JIMP_FORMATS = {
  JPEG: {
    mime: jpeg.mime,
    hasAlpha: true,
    decode: (bytes, limits = DEFAULT_IMAGING_LIMITS) => decodeJpeg(bytes, limits),
    encode: (bitmap, { quality } = {}) => {
      const chosen = qualityOf('JPEG', quality);
      const raster = flattenOnWhite(asRaster(bitmap));
      return asBuffer(encodeJpeg(raster, chosen, chromaSubsampling(chosen)));
    },
  },
  PNG: {
    mime: png.mime,
    hasAlpha: true,
    decode: (bytes) => {
      checkInterlacedData(bytes);
      return png.decode(asBuffer(bytes));
    },
    encode: (bitmap) => {
      const colorType = isOpaque(asRaster(bitmap)) ? PNGColorType.COLOR : PNGColorType.COLOR_ALPHA;
      return png.encode(bitmap, { deflateLevel: PNG_LEVEL, colorType });
    },
  },
  GIF: {
    mime: 'image/gif',
    hasAlpha: true,
    decode: (bytes) => asBitmap(decodeGif(bytes)),
    encode: (bitmap) => asBuffer(encodeGif(asRaster(bitmap))),
  },
  TIFF: {
    mime: 'image/tiff',
    hasAlpha: true,
    decode: (bytes) => asBitmap(decodeTiff(bytes)),
    encode: (bitmap) => asBuffer(encodeTiff(asRaster(bitmap))),
  },
  BMP: {
    mime: 'image/bmp',
    hasAlpha: true,
    decode: (bytes) => asBitmap(decodeBmp(bytes)),
    encode: (bitmap) => asBuffer(encodeBmp(flattenOnWhite(asRaster(bitmap)))),
  },
} satisfies Partial<Record<ImageFormat, JimpFormat>>;

type DefaultFormat = ReturnType<(typeof defaultFormats)[number]>;

function jimpsOwn<Mime extends DefaultFormat['mime']>(mime: Mime): Extract<DefaultFormat, { mime: Mime }> {
  const formats = defaultFormats.map((format) => format());
  const found = formats.find(
    (format): format is Extract<DefaultFormat, { mime: Mime }> => format.mime === mime,
  );
  if (!found) throw new TypeError(`jimp has no format ${mime}`);
  return found;
}

async function decodeJpeg(bytes: Uint8Array, { maxPixels }: ImagingLimits): Promise<Bitmap> {
  const maxMemoryUsageInMB = Math.ceil((maxPixels * JPEG_BYTES_PER_PIXEL) / 2 ** 20);
  const maxResolutionInMP = maxPixels / 1e6;
  try {
    const options = { tolerantDecoding: false, maxResolutionInMP, maxMemoryUsageInMB };
    return await jpeg.decode(asBuffer(bytes), options);
  } catch (error) {
    const [, excess] = /maxMemoryUsageInMB limit exceeded by at least (\d+)MB/.exec(String(error)) ?? [];
    if (excess === undefined) throw error;
    const asked = maxMemoryUsageInMB + Number(excess);
    const message = `The picture would take ${asked} MiB to decode; at most ${maxMemoryUsageInMB} are allowed`;
    throw AppError.limit('decoderMegabytes', maxMemoryUsageInMB, asked, message);
  }
}
