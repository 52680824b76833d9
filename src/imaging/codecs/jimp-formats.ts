import { type Bitmap, defaultFormats, PNGColorType } from 'jimp';
import { chromaSubsampling, qualityOf } from '../encoding-settings.js';
import { asBuffer, asRaster } from '../pixels/bitmap.js';
import { flattenOnWhite } from '../pixels/flatten.js';
import { isOpaque } from '../pixels/raster.js';
import { encodeBmp } from './bmp-encoder.js';
import { encodeGif } from './gif-encoder.js';
import type { JimpFormatName } from './jimp-format-names.js';
import { encodeJpeg } from './jpeg/jpeg-encoder.js';
import { encodeTiff } from './tiff-encoder.js';

/** zlib's default; jimp's default is 9, the slowest. */
const PNG_LEVEL = 6;

/** Format plug-in for `createJimp`. */
export interface JimpFormat {
  mime: string;
  /** Never called: `decodeUpright` decodes, and jimp receives pixels. */
  decode(): Bitmap;
  encode(bitmap: Bitmap, options?: { quality?: number }): Buffer | Promise<Buffer>;
  /**
   * True for all formats; otherwise jimp composites the image on black, pixel by pixel, which takes twice the time of
   * the JPEG encoder. The encoders of formats without transparency composite it on white themselves.
   */
  hasAlpha: true;
}

const png = jimpsOwn('image/png');

/**
 * Codecs for writing by jimp: its PNG codec, with settings. Not its JPEG codec (always 4:4:4), its GIF codec (writing
 * takes 40 times as long for 3 dB), its TIFF codec (copies pixel by pixel) or its BMP codec (modifies the image;
 * SHARP needs one without jimp).
 */
export const JIMP_FORMATS = {
  JPEG: {
    mime: 'image/jpeg',
    hasAlpha: true,
    decode: notByJimp,
    encode: (bitmap, { quality } = {}) => {
      const chosen = qualityOf('JPEG', quality);
      const raster = flattenOnWhite(asRaster(bitmap));
      return asBuffer(encodeJpeg(raster, chosen, chromaSubsampling(chosen)));
    },
  },
  PNG: {
    mime: png.mime,
    hasAlpha: true,
    decode: notByJimp,
    encode: (bitmap) => {
      const colorType = isOpaque(asRaster(bitmap)) ? PNGColorType.COLOR : PNGColorType.COLOR_ALPHA;
      return png.encode(bitmap, { deflateLevel: PNG_LEVEL, colorType });
    },
  },
  GIF: {
    mime: 'image/gif',
    hasAlpha: true,
    decode: notByJimp,
    encode: (bitmap) => asBuffer(encodeGif(asRaster(bitmap))),
  },
  TIFF: {
    mime: 'image/tiff',
    hasAlpha: true,
    decode: notByJimp,
    encode: (bitmap) => asBuffer(encodeTiff(asRaster(bitmap))),
  },
  BMP: {
    mime: 'image/bmp',
    hasAlpha: true,
    decode: notByJimp,
    encode: (bitmap) => asBuffer(encodeBmp(flattenOnWhite(asRaster(bitmap)))),
  },
} satisfies Record<JimpFormatName, JimpFormat>;

type DefaultFormat = ReturnType<(typeof defaultFormats)[number]>;

function jimpsOwn<Mime extends DefaultFormat['mime']>(mime: Mime): Extract<DefaultFormat, { mime: Mime }> {
  const formats = defaultFormats.map((format) => format());
  const found = formats.find(
    (format): format is Extract<DefaultFormat, { mime: Mime }> => format.mime === mime,
  );
  if (!found) throw new TypeError(`jimp has no format ${mime}`);
  return found;
}

function notByJimp(): never {
  throw new TypeError('jimp receives pixels, not files');
}
